import { BroadcastChannel } from 'node:worker_threads'

/** What is heard of a run in another thread while it goes on. */
export interface RunNews {
  /** How many requests there were so far. */
  onRequests(soFar: number): void
  /** A requirement of this area has its verdict. */
  onJudged(area: string): void
}

const channelOf = (runId: string) => new BroadcastChannel(`thread-events-conformance ${runId}`)

/** Tells what goes on, from the thread that asks the target; the other end is {@link hearNews}. */
export function tellNews(runId: string): RunNews {
  const channel = channelOf(runId)
  channel.unref()
  return {
    onRequests: (soFar) => channel.postMessage(soFar),
    onJudged: (area) => channel.postMessage(area),
  }
}

/**
 * Hears in the command's own thread what goes on in a run.
 * @returns ends the hearing
 */
export function hearNews(runId: string, news: RunNews): () => void {
  const channel = channelOf(runId)
  channel.onmessage = ({ data }: { readonly data?: unknown }) => {
    if (typeof data === 'number') news.onRequests(data)
    if (typeof data === 'string') news.onJudged(data)
  }
  return () => channel.close()
}
