import type { Report } from './model.ts'

/** The number of generated requests with their seed, and what else failed in them. */
export function generatedSentence({ generated, seed }: Report): string | undefined {
  if (generated === undefined || generated.questions === 0) return undefined
  const { worlds, questions, explained } = generated
  const data =
    worlds === 0 ? "the target's own thread" : `${worlds} generated ${worlds === 1 ? 'world' : 'worlds'}`
  const seeded = seed === undefined ? '' : `, seed ${seed}`
  const beside =
    explained.length === 0 ? '' : ` Also failed there, probably for the same reason: ${explained.join(' ')}.`
  return `${questions} generated requests to ${data}${seeded}.${beside}`
}
