import type { RequirementId } from '../contract/catalogue.ts'
import type { Attribution } from '../oracle/attribution/attribution.ts'
import type { Case } from '../oracle/case.ts'
import type { Finding } from '../oracle/finding.ts'
import { isSetAside } from '../oracle/history.ts'
import { isDecided, type JudgeResult } from '../oracle/judge-result.ts'
import type { UnmetPrecondition } from '../record/unmet-precondition.ts'
import type { Exchange } from '../wire/exchange.ts'

/** A case with the way to judge it once more, on new answers to the same requests. */
export interface RepeatableCase extends Case {
  readonly repeat?: () => Promise<Finding | undefined>
  /** Its place among the cases of the check where these are not judged in their order. The simplest comes first. */
  readonly place?: number
}

/** The cases that a check judged, with their findings. */
export class CaseRecorder {
  /** Every case so far, in the order of judging. */
  readonly cases: RepeatableCase[] = []
  /** Findings of other requirements than the one that is checked. */
  readonly attributions: (Attribution & Pick<RepeatableCase, 'because'>)[] = []
  /** Why something could not be judged; matters where nothing else could be either. */
  unmet: UnmetPrecondition | undefined
  /** Exchanges that the API did not answer itself, by their number. */
  readonly #setAside = new Map<number, UnmetPrecondition>()

  /** How many cases were judged. */
  get judgedCases(): number {
    return this.cases.length
  }

  /** Records that a case was judged. A check that judged none is inconclusive. */
  judged(): void {
    this.record([], undefined)
  }

  /** Records a finding, for the case that was judged last if that has none. */
  fail(finding: Finding): void {
    const last = this.cases.at(-1)
    if (last !== undefined && last.exchanges.length === 0 && last.finding === undefined) this.cases.pop()
    this.record(finding.exchanges, finding)
  }

  /**
   * Records what a judge returned, as a case. What is undecided is not a case.
   * @param exchanges everything that the result relies on
   */
  record(
    exchanges: readonly number[],
    result: JudgeResult,
    more: Pick<RepeatableCase, 'paged' | 'because' | 'repeat' | 'place'> = {},
  ): void {
    if (!isDecided(result)) return
    const reason = exchanges.map((id) => this.#setAside.get(id)).find((one) => one !== undefined)
    // What is not the API's answer says nothing of the API.
    if (reason === undefined)
      this.cases.push({ exchanges, ...(result === undefined ? {} : { finding: result }), ...more })
    else this.unmet ??= reason
  }

  /** Remembers an exchange that the API did not answer itself: no judgement that relies on it counts. */
  noteOrigin(exchange: Exchange): void {
    if (isSetAside(exchange)) this.#setAside.set(exchange.id, notFromTheApi(exchange))
  }

  /**
   * Records a finding of another requirement than the one that is checked.
   * @param because requirements that explain it where they fail
   */
  attribute(id: RequirementId, finding: Finding, because: readonly RequirementId[] = []): void {
    this.attributions.push({ id, finding, because })
  }
}

function notFromTheApi({ origin, response, failure }: Exchange): UnmetPrecondition {
  if (origin === 'rate-limit')
    return {
      missing: 'a response of the API: the request was rate limited (429) for longer than the suite waits',
      provide:
        'Lower CONFORMANCE_MAX_RPS and CONFORMANCE_CONCURRENCY, or raise CONFORMANCE_MAX_RATE_LIMIT_WAIT_MS.',
    }
  const seen = response === undefined ? (failure?.message ?? 'no response') : `status ${response.status}`
  return {
    missing: `a response of the API: a gateway responded instead (${seen})`,
    provide: 'Fix the gateway, or set CONFORMANCE_BASE_URL to an address that bypasses it.',
  }
}
