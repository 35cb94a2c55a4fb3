import type { Diagnosis, Problem, UnexplainedTrait } from '../verdict/diagnosis.ts'

const certainties: Readonly<Record<Problem['certainty'], string>> = {
  certain: 'Certainly',
  likely: 'Likely',
  possible: 'Possibly',
}

/** A part of the diagnosis, for every format to write in its own way. */
export interface DiagnosisPart {
  readonly title: string
  readonly lines: readonly (readonly [label: string, text: string])[]
  /** The exchange that shows it. */
  readonly exchange: number | undefined
}

/** What the diagnosis says, in words. */
export function diagnosisParts(diagnosis: Diagnosis): DiagnosisPart[] {
  const { problems, failing, compared, unexplained, unexplained_exchange, unexplained_trait, missing } =
    diagnosis
  if (missing !== undefined) return [{ title: missing, lines: [], exchange: undefined }]
  const parts = problems.map(
    (problem): DiagnosisPart => ({
      title: `${certainties[problem.certainty]}: ${problem.sentence}`,
      lines: [
        [
          'how sure',
          problem.level === 'kind' && problem.fault === ''
            ? `${problem.explains} of ${failing} failing answers are of this kind`
            : `explains ${problem.explains} of ${failing} failing answers, contradicts ${problem.contradicts === 0 ? 'none' : problem.contradicts} of ${compared} right ones`,
        ],
        ...(problem.requirements.length === 0 ? [] : [['breaks', problem.requirements.join(' ')] as const]),
        ['usual cause', problem.cause],
        ['usual mend', problem.mend],
        ...(problem.alike.length === 0
          ? []
          : [['or, alike as seen', problem.alike.map(({ sentence }) => sentence).join(' ')] as const]),
        ...alternativesLine(problem),
        ...(problem.other_exchange === undefined
          ? []
          : [['answers', `request ${problem.other_exchange}`] as const]),
        // A kind of bug has no entry of its own.
        ...(problem.fault === '' ? [] : [['catalogue', problem.fault] as const]),
      ],
      exchange: problem.exchange,
    }),
  )
  if (problems.length > 0 && unexplained === 0) return parts
  const what =
    problems.length === 0
      ? `No fault of the catalogue answers as this target did in ${failing} failing answers`
      : `No known bug explains ${unexplained} of the failing answers`
  return [
    ...parts,
    {
      title: `${what}; the smallest of them is shown.${commonText(unexplained, unexplained_trait)}`,
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
    last_answered === undefined ? '' : ` The last request that was answered is number ${last_answered}.`
  return ` ${answers === unexplained ? 'All' : answers} of them: ${trait}.${since}`
}
