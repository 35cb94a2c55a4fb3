import type { RequirementId } from '../../contract/catalogue.ts'
import { requirementOf } from '../../contract/catalogue.ts'
import type { Finding } from '../../oracle/finding.ts'
import type { CheckResult } from '../../verdict/outcome.ts'
import type { Exchange } from '../../wire/exchange.ts'

/** What a request with a valid token carries: the placeholders of the tokens that authenticate. */
const validTokens: ReadonlySet<string> = new Set([
  'Bearer $CONFORMANCE_TOKEN',
  'Bearer $CONFORMANCE_OTHER_TENANT_TOKEN',
])

/** How many refused requests are sent again, and how often each. */
const mostRepeated = 20
const mostTimes = 2

/** Why a requirement is not judged if only such refusals answered its requests. */
export const lackOfAcceptance: NonNullable<CheckResult['lack']> = {
  missing:
    'a response other than 401: the target refused the valid token, but not every time the request was repeated',
  provide: 'See INP-03 first.',
}

/** Refusals of the valid token that do not show again. */
export interface TransientRefusals {
  readonly exchanges: ReadonlySet<number>
  /** INP-03: the same request was refused and accepted. */
  readonly finding: Finding
}

/** The requests that carried a valid token in the right way, and that the API answered with 401. */
function refusalsIn(exchanges: readonly Exchange[]): ReadonlySet<number> {
  const refused = exchanges.filter(
    ({ origin, response, request }) =>
      origin === undefined && response?.status === 401 && hasValidToken(request),
  )
  return new Set(refused.map(({ id }) => id))
}

function hasValidToken({ headers }: Exchange['request']): boolean {
  const lines = headers.filter(([name]) => name.toLowerCase() === 'authorization')
  return lines.length === 1 && validTokens.has(lines[0]?.[1] ?? '')
}

/** Whether a finding of this requirement may rest on a 401 that should not have been one. What is about 401 itself stays. */
export function mayComeOfRefusals(id: RequirementId): boolean {
  const { area } = requirementOf(id)
  return area !== 'authentication' && area !== 'errors' && id !== 'INP-01' && id !== 'INP-04'
}

/** The refused requests that findings rest on; none where each of them may have got the refusal of another request. */
export function citedRefusals(
  results: readonly CheckResult[],
  exchanges: readonly Exchange[],
): readonly number[] {
  const refused = refusalsIn(exchanges)
  const cited = results
    .filter(({ id }) => mayComeOfRefusals(id))
    .flatMap(({ cases }) => cases.flatMap(({ finding }) => finding?.exchanges ?? []))
  const all = [...new Set(cited)].filter((one) => refused.has(one))
  const proves = provesChance(exchanges)
  return all.some(proves) ? all : []
}

/** A URL that was also requested without a valid token proves nothing: its refusal may be that request's (NEG-05). */
function provesChance(exchanges: readonly Exchange[]): (id: number) => boolean {
  const targetOf = new Map(exchanges.map(({ id, request }) => [id, request.target]))
  const refusedRightly = new Set(
    exchanges
      .filter(({ response, request }) => response?.status === 401 && !hasValidToken(request))
      .map(({ request }) => request.target),
  )
  return (id) => !refusedRightly.has(targetOf.get(id) ?? '')
}

/**
 * Sends again the requests whose 401 findings rest on. A request that is accepted then, with the same token, was
 * refused at random: that breaks INP-03, and says nothing of what else was requested.
 * @param refused the exchanges that findings rest on
 * @param repeat sends the request of an exchange again
 */
export async function findTransientRefusals(
  refused: readonly number[],
  exchanges: readonly Exchange[],
  repeat: (exchange: number) => Promise<readonly Exchange[]>,
): Promise<TransientRefusals | undefined> {
  const proves = provesChance(exchanges)
  const transient = new Set<number>()
  let finding: Finding | undefined
  for (const id of refused.slice(0, mostRepeated)) {
    const accepted = await acceptedOf(id, repeat)
    if (accepted === undefined) continue
    transient.add(id)
    if (accepted.response?.status === 200 && proves(id)) finding ??= refusedAndAccepted(id, accepted)
  }
  return finding === undefined ? undefined : { exchanges: transient, finding }
}

/** A response to the same request for which the token was accepted, even if something else is wrong with the request. */
async function acceptedOf(
  id: number,
  repeat: (exchange: number) => Promise<readonly Exchange[]>,
): Promise<Exchange | undefined> {
  for (let time = 0; time < mostTimes; time++) {
    const accepted = (await repeat(id)).find(
      ({ origin, response }) =>
        origin === undefined &&
        response !== undefined &&
        ![401, 429].includes(response.status) &&
        response.status < 500,
    )
    if (accepted !== undefined) return accepted
  }
  return undefined
}

function refusedAndAccepted(id: number, accepted: Exchange): Finding {
  const [, query] = accepted.request.target.split('?')
  return {
    kind: 'transient-refusal',
    message: `The same request with the same valid token is answered with 401 and with 200${query === undefined ? '' : ` (?${query})`}.`,
    expected: 'the same status each time',
    actual: '401, then 200',
    exchanges: [id, accepted.id],
  }
}
