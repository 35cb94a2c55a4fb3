import { isRequirementId, requirementOf } from '../contract/catalogue.ts'
import type { Seen } from '../verdict/outcome.ts'
import type { Exchange } from '../wire/exchange.ts'
import { printable } from './printable.ts'
import type { Style } from './style.ts'
import { wrap } from './wrap.ts'

/** What one purpose costs. `shared`: requests that others need as well. */
export interface PlannedRequests {
  /** A requirement, an open question, or a part of the run that serves all. */
  readonly name: string
  readonly why: string
  readonly requests: number
  readonly shared: number
}

/** What a run would ask, and why. */
export interface RequestPlan {
  readonly requests: number
  readonly streams: number
  readonly purposes: readonly PlannedRequests[]
}

const parts: Readonly<Record<string, string>> = {
  preparation: 'finds the ids, says hello, reads the thread and its sibling, and its stream once',
  generated: 'questions that nobody wrote, and worlds where the target can be filled with them',
  live: 'PAG-12 and SSE-09: walks and streams while events are appended',
}

/**
 * Sums up a rehearsal.
 * @param reasons the names for whose sake each exchange was made
 * @param questions the open questions
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
  target: string,
  style: Style,
): string {
  const rows = purposes.flatMap(({ name, why, requests: count, shared }) => {
    const head = `  ${name.padEnd(26)}${String(count).padStart(5)}${shared === 0 ? '' : `  ${shared} of them shared`}`
    return [head, ...wrap(printable(why), 74, '      ').map((line) => style.dim(line))]
  })
  return [
    ...wrap(
      `What a run would ask, counted in a rehearsal on the embedded server; more or other data changes it somewhat. Nothing was sent to ${printable(target)}.`,
      80,
      '',
    ),
    '',
    ...rows,
    '',
    `  ${style.bold('in all')}${String(requests).padStart(25)} requests, ${streams} of them streams`,
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
