import type { Report } from './model.ts'

/** How much generated data was asked about, and what it shows that checks had shown already. */
export function generatedSentence({ generated }: Report): string | undefined {
  if (generated === undefined || generated.questions === 0) return undefined
  const { worlds, questions, explained } = generated
  const data = worlds === 0 ? 'the thread of the target' : `${worlds} generated worlds`
  const beside =
    explained.length === 0
      ? ''
      : `; they go wrong too (${explained.join(' ')}), which the failures may explain`
  return `${questions} generated questions about ${data}${beside}`
}
