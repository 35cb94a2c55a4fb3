import { defaultRevision } from '../contract/revisions/index.ts'
import { revisionAdvice } from '../oracle/spoken-revision.ts'
import type { Traffic } from '../wire/traffic.ts'
import type { Counts, Report } from './model.ts'

/** How many requirements are in each state, and the size of the run. */
export function verdictCounts({ causes, summary, traffic, duration_ms }: Report): string {
  const own = causes.filter(({ waived }) => waived !== true).length
  const { MUST, SHOULD } = summary
  return [
    ...(own === 0 ? [] : [`${own} root cause${own === 1 ? '' : 's'}.`]),
    ...stateCounts('MUST', MUST),
    ...stateCounts('SHOULD', SHOULD),
    `${traffic.requests} request${traffic.requests === 1 ? '' : 's'}, ${(duration_ms / 1000).toFixed(1)} s`,
  ].join(' ')
}

function stateCounts(level: string, counts: Counts): string[] {
  const parts = (
    [
      ['pass', counts.pass],
      ['fail', counts.fail],
      ['waived', counts.waived],
      ['internal error', counts.broken],
      ['blocked', counts.blocked],
      ['not judged', counts.not_judged],
    ] as const
  ).flatMap(([name, number]) => (number === 0 ? [] : [`${number} ${name}`]))
  const selected = counts.pass + counts.fail + counts.waived + counts.broken + counts.inconclusive
  return selected === 0 ? [] : [`${selected} ${level}: ${parts.join(', ')}.`]
}

/** Says that the target seems to implement another revision than it was judged by; undefined otherwise. */
export function revisionSentence({ revision, spoken_revision: spoken }: Report): string | undefined {
  return spoken === undefined ? undefined : revisionAdvice(spoken, revision ?? defaultRevision.name)
}

/** How many responses came from a gateway instead of the API; undefined if none did. */
export function gatewaySentence({ gateway_answers = {} }: Traffic): string | undefined {
  const kinds = Object.entries(gateway_answers)
  const total = kinds.reduce((sum, [, times]) => sum + times, 0)
  if (total === 0) return undefined
  const [first] = kinds
  const which =
    kinds.length === 1 ? first?.[0] : kinds.map(([kind, times]) => `${times} × ${kind}`).join('; ')
  return `${total === 1 ? '1 response' : `${total} responses`} came from a gateway (${which}); they are not judged.`
}

/** `unblocks 14 requirements`, or nothing. */
export function unblocksText(blocked: number): string {
  return blocked === 0 ? '' : `unblocks ${blocked} requirement${blocked === 1 ? '' : 's'}`
}

/** `reproduced 3 of 3`, from `always (3 of 3)`. */
export function reproducedText(reproduced: string | undefined): string {
  const rate = /\d+ of \d+/.exec(reproduced ?? '')?.[0]
  return rate === undefined ? '' : `reproduced ${rate}`
}
