import { tieGroups } from '../oracle/order/tie-groups.ts'
import type { Target } from '../targets/target.ts'
import type { TargetState } from '../targets/target-state.ts'
import type { Sign } from './sign.ts'

/** Which threads a run would look at, and what is in the one that it would judge. */
export function dataSigns(state: TargetState, given: Target['ids']): Sign[] {
  const { thread } = state
  if (thread === undefined)
    return [
      {
        name: 'ids',
        state: 'note',
        text: `missing: ${state.threadProblem ?? 'a thread'}`,
        advice: 'Set CONFORMANCE_SESSION_ID and CONFORMANCE_THREAD_ID to a thread that the token may read.',
      },
    ]
  const origin = given.threadId === undefined ? ' (found)' : ''
  const further = [
    [state.sibling, 'a sibling thread'],
    [state.other, 'a thread of another session'],
    [state.tokens.expired, 'an expired token'],
    [state.tokens.otherTenant, 'a token of another tenant'],
  ] as const
  const list = (there: boolean) =>
    further.flatMap(([what, name]) => ((what !== undefined) === there ? [name] : [])).join(', ')
  const ids: Sign = {
    name: 'ids',
    state: list(false) === '' ? 'ok' : 'note',
    text: [
      `session ${thread.sessionId}, thread ${thread.threadId}${origin}`,
      ...(list(true) === '' ? [] : [`with ${list(true)}`]),
      ...(list(false) === '' ? [] : [`without ${list(false)}`]),
    ].join('; '),
  }
  if (thread.problem !== undefined)
    return [ids, { name: 'data', state: 'note', text: `the list cannot be read: ${thread.problem}` }]
  const { events, complete } = thread
  const types = new Set(events.map((event) => event.type)).size
  const ties = tieGroups(events).length > 0 ? 'some' : 'none'
  const extent = complete ? 'the whole thread' : 'the beginning of a longer thread'
  return [
    ids,
    {
      name: 'data',
      state: events.length === 0 ? 'note' : 'ok',
      text: `${events.length} events (${extent}) of ${types} types, ${ties} of them with equal timestamps`,
    },
  ]
}
