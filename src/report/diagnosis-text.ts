import type { Diagnosis, Problem, UnexplainedTrait } from '../verdict/diagnosis.ts'

const certainties: Readonly<Record<Problem['certainty'], string>> = {
  certain: 'Certainly',
  likely: 'Likely',
  possible: 'Possibly',
}

/** A part of the diagnosis, independent of the report format. */
export interface DiagnosisPart {
  readonly title: string
  readonly lines: readonly (readonly [label: string, text: string])[]
  /** The exchange that shows it. */
  readonly exchange: number | undefined
}

/** The diagnosis in words. */
export function diagnosisParts(diagnosis: Diagnosis): DiagnosisPart[] {
  const { problems, failing, compared, unexplained, unexplained_exchange, unexplained_trait, missing } =
    diagnosis
  if (missing !== undefined) return [{ title: missing, lines: [], exchange: undefined }]
  const parts = problems.map(
    (problem): DiagnosisPart => ({
      title: `${certainties[problem.certainty]}: ${problem.sentence}`,
      lines: [
        ...confidenceLine(problem, failing, compared),
        ...(problem.requirements.length === 0 ? [] : [['breaks', problem.requirements.join(' ')] as const]),
        ['typical cause', problem.typical_cause],
        ['suggested fix', problem.suggested_fix],
        ...(problem.indistinguishable.length === 0
          ? []
          : [
              [
                'indistinguishable alternatives',
                problem.indistinguishable.map(({ sentence }) => sentence).join(' '),
              ] as const,
            ]),
        ...alternativesLine(problem),
        ...(problem.other_exchange === undefined
          ? []
          : [['response to', `request ${problem.other_exchange}`] as const]),
        // A kind of bug has no entry of its own.
        ...(problem.fault === '' ? [] : [['known-bug ID', problem.fault] as const]),
      ],
      exchange: problem.exchange,
    }),
  )
  if (problems.length > 0 && unexplained === 0) return parts
  const what =
    problems.length === 0
      ? `No known bug explains the ${failing} failing response${failing === 1 ? '' : 's'}`
      : `${unexplained} failing response${unexplained === 1 ? ' remains' : 's remain'} unexplained`
  return [
    ...parts,
    {
      title: `${what}.${commonText(unexplained, unexplained_trait)}`,
      lines: [],
      exchange: unexplained_exchange,
    },
  ]
}

/** What speaks for a problem. Some kinds of bugs show only between responses, none of which is wrong by itself. */
function confidenceLine(
  { level, fault, explains, contradicts }: Problem,
  failing: number,
  compared: number,
): (readonly [string, string])[] {
  if (level !== 'kind' || fault !== '')
    return [
      [
        'confidence',
        `explains ${explains} of ${failing} failing responses, contradicts ${contradicts === 0 ? 'none' : contradicts} of ${compared} correct ones`,
      ],
    ]
  if (explains === 0) return []
  return [
    [
      'confidence',
      explains === 1
        ? `1 of ${failing} failing responses is of this kind`
        : `${explains} of ${failing} failing responses are of this kind`,
    ],
  ]
}

/** Mechanisms of the kind that remain possible. */
function alternativesLine({ alternatives = [] }: Problem): (readonly [string, string])[] {
  if (alternatives.length === 0) return []
  return [['similar known bugs', alternatives.map(({ sentence }) => sentence).join(' ')]]
}

function commonText(unexplained: number, common: UnexplainedTrait | undefined): string {
  if (common === undefined) return ''
  const { trait, answers, last_answered } = common
  const since =
    last_answered === undefined ? '' : ` The last request with a response is number ${last_answered}.`
  return ` ${answers === unexplained ? 'All' : answers} of them: ${trait}.${since}`
}
