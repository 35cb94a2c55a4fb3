import type { RequirementId } from '../contract/catalogue.ts'
import type { Finding } from '../oracle/finding.ts'
import type { UnmetPrecondition } from '../record/unmet-precondition.ts'
import type { HistoryVerdict } from '../spec-dsl/history-verdict.ts'
import type { HistoryCheck } from '../spec-dsl/spec-items.ts'
import type { RouteClient } from '../targets/route-client.ts'
import type { CheckResult } from '../verdict/outcome.ts'
import { casesOf, mostTentative, showsInHistory } from './run-check.ts'

const unrepeated: UnmetPrecondition = {
  missing: 'the same request once more: a response looked wrong, and the run ended before it was repeated',
  provide: 'Give the run more requests or time.',
}

type Requests = Pick<RouteClient, 'history' | 'repeat'>

/**
 * What a run that ends early makes of findings that count only when they show again (see `HistoryVerdict.tentative`): its
 * last requests repeat some of them, and a requirement with others is inconclusive.
 */
export class Suspicions {
  readonly #checks: readonly HistoryCheck[]
  readonly #routeClient: Requests
  /** Whether a repeated finding showed again. */
  readonly #repeated = new Map<string, boolean>()

  constructor(checks: readonly HistoryCheck[], routeClient: Requests) {
    this.#checks = checks
    this.#routeClient = routeClient
  }

  /** Repeats one suspicious finding after the other, until one of each requirement shows again. */
  async confirm(): Promise<void> {
    for (const check of this.#checks)
      for (const finding of suspicious(this.#judge(check))) {
        const shows = (await showsInHistory(check, this.#routeClient, finding)) === true
        this.#repeated.set(keyOf(check.id, finding), shows)
        if (shows) break
      }
  }

  /**
   * Judges what was requested so far.
   * @param why what a requirement lacks of which nothing was requested
   */
  judge(check: HistoryCheck, why: UnmetPrecondition): CheckResult {
    const { id } = check
    const verdict = this.#judge(check)
    const suspected = suspicious(verdict)
    const shown = suspected.filter((finding) => this.#repeated.get(keyOf(id, finding)) === true)
    if (verdict.findings.length + shown.length === 0) {
      if (suspected.some((finding) => !this.#repeated.has(keyOf(id, finding))))
        return { id, cases: [], lack: unrepeated }
      if (verdict.judged === 0) return { id, cases: [], lack: why }
    }
    return { id, cases: casesOf(verdict, shown) }
  }

  #judge({ judge }: HistoryCheck): HistoryVerdict {
    return judge({ ...this.#routeClient.history(), endedEarly: true })
  }
}

function suspicious({ tentative = [] }: HistoryVerdict): readonly Finding[] {
  return tentative.slice(0, mostTentative)
}

function keyOf(id: RequirementId, finding: Finding): string {
  return `${id} ${findingKey(finding)}`
}

/** The same for a finding that is judged anew: its kind, and the exchanges that it cites. */
export function findingKey({ kind, exchanges }: Finding): string {
  return [kind, ...exchanges].join(' ')
}
