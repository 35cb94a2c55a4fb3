import type { ServerResponse } from 'node:http'
import { type Denial, isDenial } from '../behaviour/denial.ts'
import { writable } from '../behaviour/presentation.ts'
import type { Feed, Phase } from '../behaviour.ts'
import type { ThreadRequestContext } from '../request-context.ts'
import type { Entry } from '../store/entry.ts'
import { Sink } from './sink.ts'
import { TextWriter } from './text-writer.ts'

/**
 * Streams a thread until the reader goes, the thread is gone or the behaviour ends it.
 * @returns the refusal, when there is one: then nothing has been written.
 */
export async function answerStream(
  call: ThreadRequestContext,
  response: ServerResponse,
): Promise<Denial | undefined> {
  const feed = await call.behaviour.openFeed(call)
  if (isDenial(feed)) return feed
  const close = () => feed.live.close()
  response.once('close', close)
  if (response.destroyed) close()
  const { status, headers } = call.behaviour.streamHead(call)
  response.writeHead(status, writable(headers))
  if (call.behaviour.sendsHeadAtOnce(call)) response.flushHeaders()
  const sink = new Sink(response)
  const writer = new TextWriter(call, sink)
  const heartbeat = setInterval(() => {
    // The next write reports a failure of this one.
    if (!writer.busy) writer.write(call.behaviour.heartbeat(call)).catch(() => undefined)
  }, call.serverState.heartbeatMs)
  // An abandoned stream must not keep the process alive.
  heartbeat.unref()
  try {
    if (call.request.method !== 'HEAD') await pour(call, feed, sink, writer)
  } finally {
    clearInterval(heartbeat)
    close()
  }
  // A reader that was too slow must notice: an orderly end would look like the whole story.
  if (feed.live.overflowed) response.destroy()
  else sink.end()
  return undefined
}

async function pour(
  call: ThreadRequestContext,
  { history, live }: Feed,
  sink: Sink,
  writer: TextWriter,
): Promise<void> {
  await writer.write(call.behaviour.preamble(call))
  await send(call, history, 'history', sink, writer)
  if ((await call.behaviour.afterHistory(call, sink)) === 'close') return
  for (let batch = await live.take(); batch !== undefined; batch = await live.take())
    await send(call, batch, 'live', sink, writer)
}

async function send(
  call: ThreadRequestContext,
  batch: readonly Entry[],
  phase: Phase,
  sink: Sink,
  writer: TextWriter,
): Promise<void> {
  const { behaviour } = call
  const wanted = batch.filter((entry) => behaviour.carries(call, entry, phase))
  for (const entry of await behaviour.deliver(call, wanted, phase)) {
    if (sink.closed) return
    await writer.write(behaviour.frame(call, entry))
  }
}
