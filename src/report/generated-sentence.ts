import type { Report } from './model.ts'

/** How many generated requests were made, and what else failed in them. */
export function generatedSentence({ generated }: Report): string | undefined {
  if (generated === undefined || generated.questions === 0) return undefined
  const { worlds, questions, explained } = generated
  const data = worlds === 0 ? "the target's own thread" : `${worlds} generated worlds`
  const beside =
    explained.length === 0 ? '' : `; also failed (${explained.join(' ')}), probably for the same reason`
  return `${questions} generated requests to ${data}${beside}`
}
