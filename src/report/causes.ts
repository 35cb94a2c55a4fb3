import type { Diagnosis, Problem } from '../verdict/diagnosis.ts'
import { type JudgedRequirement, type RootCause, rootCauses } from '../verdict/root-causes.ts'
import type { ReportedCapability } from './feature-table.ts'

/** One root cause of a report, with the smallest finding that shows it. */
export interface ReportedCause extends RootCause {
  /** The first requirement of the cause. */
  readonly id: string
  readonly title: string
  readonly finding?: {
    readonly requirement: string
    readonly fingerprint: string
    readonly exchange?: number
  }
  readonly typical_cause?: string
  readonly suggested_fix?: string
  /** The known bug that produces the same responses, if the diagnosis names one. */
  readonly known_bug?: string
  /** How well the known bug explains the responses. */
  readonly confidence?: Problem['certainty']
  /** Known bugs that the responses do not tell apart, in a sentence each. */
  readonly alternatives?: readonly string[]
}

/** Typical cause and suggested fix. */
export interface Advice {
  readonly cause: string
  readonly fix: string
}

/** A requirement with what is needed to describe a cause. */
export interface DescribedRequirement extends JudgedRequirement {
  readonly title: string
  readonly findings?: readonly {
    readonly message: string
    readonly fingerprint: string
    readonly exchanges: readonly number[]
  }[]
}

/** Features that servers ignore or refuse together. */
const pairs: readonly (readonly [features: readonly string[], ids: readonly string[]])[] = [
  [
    ['after_id', 'before_id'],
    ['PAG-03', 'PAG-04'],
  ],
  [
    ['type', 'types[]'],
    ['FLT-01', 'FLT-03'],
  ],
]

/** Requirements that one missing check breaks: of the credential, or of the ids of the path. */
const checkedTogether: readonly (readonly string[])[] = [
  ['AUT-01', 'AUT-02'],
  ['NFD-01', 'NFD-02'],
]

/** A cursor that is ignored is not refused either. */
const ignoredCursors: readonly string[] = ['PAG-11', 'PAG-14']

/**
 * The root causes of a report, described.
 * @param serverErrors requirements that fail because the server fails: one cause
 */
export function causesOf(
  requirements: readonly DescribedRequirement[],
  capabilities: readonly ReportedCapability[],
  diagnosis: Diagnosis | undefined,
  serverErrors: readonly string[] = [],
  remedyFor: (requirement: string, message?: string) => Advice | undefined = () => undefined,
): ReportedCause[] {
  const byId = new Map(requirements.map((one) => [one.id, one]))
  const problems = (diagnosis?.problems ?? []).filter(({ certainty }) => certainty !== 'possible')
  const paired = pairs.filter(([features]) => sameUselessState(features, capabilities)).map(([, ids]) => ids)
  const diagnosed = (diagnosis?.problems ?? []).flatMap((problem) => problem.requirements)
  const together = [
    ...paired,
    ...exclusive(problems),
    serverErrors,
    ignoredCursors,
    ...sameSentences(requirements),
    ...checkedTogether.filter((ids) => isOneCheck(ids, byId, problems)),
  ]
  const causes = rootCauses(requirements, together, diagnosed)
  return causes.map((found): ReportedCause => {
    const telling = mostTellingFirst(found.requirements, problems)
    const cause = {
      ...found,
      requirements: serverErrors.includes(telling[0] ?? '') ? serverErrorsFirst(telling) : telling,
    }
    const [id = ''] = cause.requirements
    const findings = byId.get(id)?.findings ?? []
    const known = problems.find((one) => one.requirements.includes(id))
    // A feature seems to be ignored where a cache answers.
    const isForeign = known?.other_exchange !== undefined
    const useless = isForeign ? [] : uselessFeatures(cause, capabilities)
    const problem = useless.length > 0 ? undefined : known
    // A requirement may fail for several reasons: a known bug is shown with a response that it explains.
    const shown = findings.find(
      ({ exchanges: [first] }) => first !== undefined && first === problem?.exchange,
    )
    const finding = shown ?? findings[0]
    const exchange = finding?.exchanges[0]
    const advice =
      useless.length > 0
        ? adviceFor(useless)
        : problem === undefined
          ? remedyFor(id, finding?.message)
          : { cause: problem.typical_cause, fix: problem.suggested_fix }
    const kind = useless.length > 0 || problem !== undefined ? undefined : kindOf(id, diagnosis)
    const alternatives = alternativesOf(problem ?? kind)
    return {
      id,
      title: asTitle(
        titleOf(useless) ??
          missingTitle(cause, capabilities) ??
          problem?.sentence ??
          finding?.message ??
          byId.get(id)?.title ??
          id,
      ),
      ...cause,
      ...(finding === undefined
        ? {}
        : {
            finding: {
              requirement: id,
              fingerprint: finding.fingerprint,
              ...(exchange === undefined ? {} : { exchange }),
            },
          }),
      ...(advice === undefined ? {} : { typical_cause: advice.cause, suggested_fix: advice.fix }),
      ...(problem === undefined ? {} : { known_bug: problem.fault, confidence: problem.certainty }),
      ...(alternatives.length === 0 ? {} : { alternatives }),
    }
  })
}

// What the diagnosis says of a requirement where it names no bug.
function kindOf(id: string, diagnosis: Diagnosis | undefined): Problem | undefined {
  return diagnosis?.problems.find(({ level, requirements }) => level === 'kind' && requirements.includes(id))
}

function alternativesOf(problem: Problem | undefined): string[] {
  if (problem === undefined) return []
  return [...problem.indistinguishable, ...(problem.alternatives ?? [])].map(({ sentence }) => sentence)
}

// What any request breaks comes before what the one request should have returned.
function serverErrorsFirst(requirements: readonly string[]): readonly string[] {
  return requirements.toSorted((a, b) => Number(b.startsWith('INP')) - Number(a.startsWith('INP')))
}

/** The requirement that a known bug breaks by itself comes before those that fail because of it. */
function mostTellingFirst(requirements: readonly string[], problems: readonly Problem[]): readonly string[] {
  const [first = ''] = requirements
  const own = problems.find((problem) => problem.requirements.includes(first))?.requirements ?? []
  const telling = own.find((id) => requirements.includes(id))
  return telling === undefined ? requirements : [telling, ...requirements.filter((id) => id !== telling)]
}

/** A sentence as a heading: without its full stop, unless it is one of several, and with the usual path in short. */
function asTitle(text: string): string {
  const short = text.replace(/^\/sessions\/sess_\w+\/threads\/sthr_\w+\/events(?=[?: ])/, '…/events')
  return /\. /.test(short) ? short : short.replace(/\.$/, '')
}

function sameUselessState(features: readonly string[], capabilities: readonly ReportedCapability[]): boolean {
  const states = capabilities.filter(({ feature }) => features.includes(feature)).map(({ state }) => state)
  return new Set(states).size === 1 && (states[0] === 'ignored' || states[0] === 'refused')
}

// Requirements that the same response breaks in the same way.
function sameSentences(requirements: readonly DescribedRequirement[]): string[][] {
  const sentences = new Map<string, string[]>()
  for (const { id, verdict, findings = [] } of requirements) {
    const [finding] = findings
    if (finding === undefined || (verdict !== 'fail' && verdict !== 'waived')) continue
    const sentence = `${finding.exchanges.join()} ${finding.message}`
    sentences.set(sentence, [...(sentences.get(sentence) ?? []), id])
  }
  return [...sentences.values()].filter(({ length }) => length > 1)
}

// The same status instead of the expected one, unless a known bug explains one requirement alone.
function isOneCheck(
  ids: readonly string[],
  byId: ReadonlyMap<string, DescribedRequirement>,
  problems: readonly Problem[],
): boolean {
  const outcomes = new Set(
    ids.map((id) => /: (expected \d+, got .*)/.exec(byId.get(id)?.findings?.[0]?.message ?? '')?.[1]),
  )
  const explained = problems.filter(({ requirements }) => ids.some((id) => requirements.includes(id)))
  return (
    outcomes.size === 1 &&
    !outcomes.has(undefined) &&
    explained.every(({ requirements }) => ids.every((id) => requirements.includes(id)))
  )
}

// Each requirement counts for the first problem that breaks it.
function exclusive(problems: readonly Problem[]): string[][] {
  const taken = new Set<string>()
  return problems.map(({ requirements }) => {
    const own = requirements.filter((id) => !taken.has(id))
    for (const id of own) taken.add(id)
    return own
  })
}

function uselessFeatures(
  { requirements }: RootCause,
  capabilities: readonly ReportedCapability[],
): ReportedCapability[] {
  const own = capabilities.filter(({ requirement }) => requirements.includes(requirement))
  const [first] = own
  const useless = own.filter(({ state }) => state === 'ignored' || state === 'refused')
  return first === undefined ? [] : useless.filter(({ state }) => state === useless[0]?.state)
}

function titleOf(useless: readonly ReportedCapability[]): string | undefined {
  const [first] = useless
  if (first === undefined) return undefined
  const names = useless.map(({ feature }) => (feature === 'Accept' ? 'Accept: text/event-stream' : feature))
  return `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} ${first.state}`
}

// Missing fields are named together: the first finding would name one field of one event only.
function missingTitle(
  { requirements }: RootCause,
  capabilities: readonly ReportedCapability[],
): string | undefined {
  const own = capabilities.filter(
    ({ requirement, detail }) =>
      requirements.includes(requirement) && detail?.includes('missing in ') === true,
  )
  const [first] = own
  if (first?.detail === undefined) return undefined
  if (first.feature === 'event fields')
    return first.detail.replace(
      /([^;]+?) missing in/g,
      (_, fields: string) => `${fields} ${fields.includes(',') ? 'are' : 'is'} missing in`,
    )
  const same = own.filter(({ detail }) => detail === first.detail)
  return `${same.map(({ feature }) => feature).join(', ')} ${same.length === 1 ? 'is' : 'are'} ${first.detail}`
}

function adviceFor([first]: readonly ReportedCapability[]): Advice | undefined {
  if (first === undefined) return undefined
  const fix = fixes[first.feature]
  if (fix === undefined) return undefined
  const name =
    first.feature === 'Accept' || first.feature === 'Last-Event-ID' ? 'the header' : 'the parameter'
  return {
    cause:
      first.state === 'ignored'
        ? `The route never reads ${name}.`
        : `The route does not know ${name} and rejects it.`,
    fix,
  }
}

const fixes: Readonly<Record<string, string>> = {
  limit:
    'Read limit as an integer from 1 to 100, with 20 as the default, and apply it to the query of the page.',
  order: 'Read order, and reverse the whole ORDER BY for desc before the limit is applied.',
  after_id:
    'Look up the event of the cursor and compare by the same columns that the list is sorted by, strictly beyond it.',
  before_id:
    'Look up the event of the cursor, read backwards from it, and return the page in the requested order.',
  type: 'Read type and types[] in every spelling into one list, and filter by it in the query, before order and limit.',
  'types[]': 'Read types[] in every spelling into the same list as type, and filter by it in the query.',
  Accept: 'Return the event stream where the header lists text/event-stream, and send Vary: Accept on both.',
  'Last-Event-ID': 'Start the stream after the event that the header names.',
}
