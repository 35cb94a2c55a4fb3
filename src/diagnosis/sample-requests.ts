import type { RecordedAnswer } from '../record/recorded-answer.ts'
import type { Differences } from './facets.ts'
import type { ObservedRequest } from './observed-run.ts'
import { requestKindOf } from './request-kind.ts'

/** How large an answer is: small ones are cheap to ask for and easy to read. */
export function sizeOf({ body }: RecordedAnswer): number {
  if (body.kind === 'list') return body.rows?.length ?? 0
  return body.kind === 'stream' ? 20 + body.frames.length : 1
}

/**
 * At most `most` requests, as unlike each other as can be: one of every kind, the smallest first, then a
 * second of every kind, and so on.
 * @returns in the order of sending
 */
export function sampleRequests(
  asked: readonly ObservedRequest[],
  most: number,
  differences?: Differences,
): readonly ObservedRequest[] {
  if (asked.length <= most) return asked
  const kinds = new Map<string, ObservedRequest[]>()
  for (const one of asked) {
    const kind = `${shapeOf(one)} ${[...(differences?.get(one.exchange.id) ?? [])].sort().join()}`
    const known = kinds.get(kind)
    if (known === undefined) kinds.set(kind, [one])
    else known.push(one)
  }
  const groups = [...kinds.values()].map((group) => group.sort((a, b) => sizeOf(a.answer) - sizeOf(b.answer)))
  // The commonest kinds say most of what is wrong.
  groups.sort((a, b) => b.length - a.length)
  const chosen: ObservedRequest[] = []
  for (let round = 0; chosen.length < most; round++)
    for (const group of groups) {
      const one = group[round]
      if (one !== undefined && chosen.length < most) chosen.push(one)
    }
  return chosen.sort((a, b) => a.exchange.id - b.exchange.id)
}

/**
 * At most `most` right answers, half of them to requests of the kinds that were answered wrong: what a bug must not
 * change shows there first.
 * @returns in the order of sending
 */
export function sampleFurtherRequests(
  failing: readonly ObservedRequest[],
  agreeing: readonly ObservedRequest[],
  most: number,
): readonly ObservedRequest[] {
  const wrong = new Set(failing.map(requestKindOf))
  const alike = agreeing.filter((asked) => wrong.has(requestKindOf(asked)))
  const places = new Set(failing.map(pathOf))
  // The same question about the same thread tells bugs apart that differ in when they show.
  const closest = sampleRequests(
    alike.filter((asked) => places.has(pathOf(asked))),
    Math.floor(most / 4),
  )
  const near = [
    ...closest,
    ...sampleRequests(
      alike.filter((asked) => !closest.includes(asked)),
      Math.floor(most / 2) - closest.length,
    ),
  ]
  const taken = new Set(near)
  const rest = agreeing.filter((asked) => !taken.has(asked))
  return [...near, ...sampleRequests(rest, most - near.length)].sort((a, b) => a.exchange.id - b.exchange.id)
}

function pathOf({ exchange }: ObservedRequest): string | undefined {
  return exchange.request.target.split('?')[0]
}

function shapeOf(asked: ObservedRequest): string {
  return `${requestKindOf(asked)} ${asked.answer.status}`
}
