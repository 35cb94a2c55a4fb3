import { isRequirementId, requirementOf } from '../contract/catalogue.ts'
import type { Seen } from '../verdict/outcome.ts'
import type { Exchange } from '../wire/exchange.ts'
import { printable } from './printable.ts'
import type { Style } from './style.ts'
import { wrap } from './wrap.ts'

/** The requests of one purpose. `shared`: requests that other purposes need too. */
export interface PlannedRequests {
  /** A requirement, an observation, or a part of the run that all of them need. */
  readonly name: string
  readonly why: string
  readonly requests: number
  readonly shared: number
}

/** The requests that a run would send, and why. */
export interface RequestPlan {
  readonly requests: number
  readonly streams: number
  readonly purposes: readonly PlannedRequests[]
}

const parts: Readonly<Record<string, string>> = {
  preparation: 'finds ids, checks the connection, and reads the thread, its sibling and the stream once',
  generated: 'generated requests, and generated worlds if the target has control routes',
  live: 'PAG-12 and SSE-09: pagination and streams while events are appended',
}

/**
 * Summarises the exchanges of a run on the embedded server.
 * @param reasons the requirements and observations that caused each exchange
 * @param questions the questions of the observations
 */
export function requestPlan(
  exchanges: readonly Exchange[],
  reasons: Readonly<Record<number, readonly string[]>>,
  questions: readonly Pick<Seen, 'id' | 'question'>[],
): RequestPlan {
  const counts = new Map<string, { requests: number; shared: number }>()
  for (const { id, purpose } of exchanges) {
    const names = reasons[id] ?? [purpose in parts ? purpose : 'preparation']
    for (const name of names) {
      const { requests, shared } = counts.get(name) ?? { requests: 0, shared: 0 }
      counts.set(name, { requests: requests + 1, shared: shared + (names.length > 1 ? 1 : 0) })
    }
  }
  const purposes = [...counts].map(([name, count]) => ({ name, why: whyOf(name, questions), ...count }))
  return {
    requests: exchanges.length,
    streams: exchanges.filter(({ stream }) => stream !== undefined).length,
    purposes: purposes.sort((a, b) => rankOf(a.name) - rankOf(b.name) || (a.name < b.name ? -1 : 1)),
  }
}

/** The plan for a terminal. */
export function requestPlanText(
  { requests, streams, purposes }: RequestPlan,
  target: string | undefined,
  style: Style,
  width = 80,
): string {
  const rows = purposes.flatMap(({ name, why, requests: count, shared }) => {
    const head = `  ${name.padEnd(26)}${String(count).padStart(5)}${shared === 0 ? '' : `  ${shared} shared`}`
    return [head, ...wrap(printable(why), width, '      ').map((line) => style.dim(line))]
  })
  return [
    ...wrap(
      `The requests that a run would send, counted in a run on the embedded server. The numbers depend on the data of the target.${target === undefined ? '' : ` Nothing was sent to ${printable(target)}.`}`,
      width,
      '',
    ),
    '',
    ...rows,
    '',
    `  ${style.bold('total')}${String(requests).padStart(26)} requests, ${streams} of them streams`,
    '',
  ].join('\n')
}

function whyOf(name: string, questions: readonly Pick<Seen, 'id' | 'question'>[]): string {
  if (isRequirementId(name)) return requirementOf(name).title
  const asked = questions.find(({ id }) => id === name)?.question
  return asked === undefined ? (parts[name] ?? name) : `Observed, not judged: ${asked}`
}

function rankOf(name: string): number {
  if (name === 'preparation') return 0
  if (isRequirementId(name)) return 1
  return name in parts ? 3 : 2
}
