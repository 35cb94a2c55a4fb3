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
        [
          'confidence',
          problem.level === 'kind' && problem.fault === ''
            ? `${problem.explains} of ${failing} failing responses are of this kind`
            : `explains ${problem.explains} of ${failing} failing responses, contradicts ${problem.contradicts === 0 ? 'none' : problem.contradicts} of ${compared} correct ones`,
        ],
        ...(problem.requirements.length === 0 ? [] : [['breaks', problem.requirements.join(' ')] as const]),
        ['typical cause', problem.cause],
        ['suggested fix', problem.mend],
        ...(problem.alike.length === 0
          ? []
          : [
              [
                'indistinguishable alternatives',
                problem.alike.map(({ sentence }) => sentence).join(' '),
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
