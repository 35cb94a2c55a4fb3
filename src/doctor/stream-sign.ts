import type { StreamExchange } from '../oracle/history.ts'
import { judgeFlow, streamProblem } from '../oracle/stream/history-replay.ts'
import type { Exchange } from '../wire/exchange.ts'
import type { Sign } from './sign.ts'

/** How much later than a list a stream may begin before something in between is suspected of holding it back. */
const suspiciousMs = 1_000

const advice =
  'If there is a proxy or gateway in between, turn off its buffering for this route (nginx: proxy_buffering off).'

/**
 * Whether the stream seems to be buffered on its way: information, for a slow server looks the same.
 * @param lists lists of the same thread, to compare the time of the first byte with
 */
export function streamSign(stream: StreamExchange, lists: readonly Exchange[]): Sign {
  const problem = streamProblem(stream.exchange)
  if (problem !== undefined) return { name: 'stream', state: 'note', text: `does not open: ${problem}` }
  const stuck = judgeFlow(stream)
  if (stuck !== undefined) return { name: 'stream', state: 'note', text: stuck.message, advice }
  const frames = stream.exchange.stream?.frames ?? []
  const [first, last] = [frames[0], frames.at(-1)]
  if (first === undefined || last === undefined)
    return { name: 'stream', state: 'note', text: 'opens, but the thread has no events' }
  const listMs = Math.min(...lists.flatMap(({ firstByteMs }) => firstByteMs ?? []))
  const text = [
    `first byte after ${Math.round(stream.exchange.firstByteMs ?? 0)} ms`,
    ...(Number.isFinite(listMs) ? [` (list: ${Math.round(listMs)} ms)`] : []),
    `, ${frames.length} frames between ${Math.round(first.atMs)} and ${Math.round(last.atMs)} ms`,
  ].join('')
  const late = first.atMs - listMs > suspiciousMs
  const lump = last.atMs - first.atMs < first.atMs / 10
  if (!late || !lump) return { name: 'stream', state: 'ok', text }
  return { name: 'stream', state: 'note', text: `${text}: late and all at once, as if buffered`, advice }
}
