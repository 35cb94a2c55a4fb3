import { featuresOf } from '../capabilities/request-features.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { NamedFault } from '../verdict/diagnosis.ts'
import type { Outcome } from '../verdict/outcome.ts'
import type { ExplainedBug } from './explain.ts'
import type { ObservedRequest } from './observed-run.ts'
import { type Bug, exchangesOf } from './score-candidate.ts'

/** The exchanges that show how some requirements are broken. */
export function citedBy(outcomes: readonly Outcome[], record: RunRecord): ReadonlySet<number> {
  const ids = new Set(outcomes.map(({ id }) => id))
  return new Set([
    ...outcomes.flatMap(({ findings }) => findings.flatMap(({ exchanges }) => exchanges)),
    ...record.attribution.violations
      .filter(({ requirement }) => ids.has(requirement))
      .map(({ exchange }) => exchange),
  ])
}

/** The exchanges that a bug explains, or that show it by themselves. */
export function exchangesShowing({ explains, sign }: ExplainedBug): ReadonlySet<number> {
  return new Set([...exchangesOf(explains), ...(sign?.exchanges ?? [])])
}

/** What a request uses, a credential other than the valid token included. */
export function featuresUsed({ exchange: { request } }: ObservedRequest): ReadonlySet<string> {
  const token = request.headers.find(([name]) => /^authorization$/i.test(name))?.[1]
  return new Set([
    ...featuresOf(request).features,
    ...(token === 'Bearer $CONFORMANCE_TOKEN' ? [] : ['credential']),
  ])
}

/** A bug as a problem names it. */
export function nameOf({ name, sentence }: Bug): NamedFault {
  return { fault: name, sentence }
}
