import { findingIn } from '../../oracle/judge-result.ts'
import { idsOf } from '../../oracle/pagination/page.ts'
import { judgeFollowed } from '../../oracle/stream/live-delivery.ts'
import type { CheckContext } from '../check-context.ts'
import { idOf } from './arrival-events.ts'
import type { LiveSession } from './live-session.ts'
import { type Subscription, subscribe } from './subscribe.ts'

/** Opens a stream of the thread beside, which has no events yet, as browsers do: they accept compressed responses. */
export function followEmptyThread({ sibling, routeClient, acknowledgements }: LiveSession): Subscription {
  return subscribe(
    { snapshot: sibling, routeClient, acknowledgements },
    { headers: [['Accept-Encoding', 'gzip']] },
  )
}

/** Appends the first events of the thread beside. */
export async function endEmptyThread(
  { makeBeside, appendBeside }: LiveSession,
  { endWith, sent }: Subscription,
): Promise<void> {
  await sent
  const events = [makeBeside({ second: 1 }), makeBeside({ second: 2 })]
  endWith(idOf(events[1]))
  await appendBeside(events)
}

/** SSE-09: the stream of a thread that was empty contains its first events. */
export async function judgeEmptyThread(
  t: CheckContext,
  { sibling }: LiveSession,
  { streams }: Subscription,
): Promise<void> {
  const taken = await streams
  const what = 'The stream of a thread without events, with Accept-Encoding: gzip, while events were appended'
  const result = judgeFollowed(taken, idsOf(sibling.events), what)
  t.record(
    taken.map(({ exchange }) => exchange.id),
    result,
    // A stream that is compressed and never flushed lacks its history as well.
    { because: ['SSE-08', ...(findingIn(result)?.kind === 'no-stream' ? noStream : [])] },
  )
}

const noStream = ['NEG-01', 'SSE-20', 'SSE-01', 'SSE-04'] as const
