import type { UnexplainedTrait } from '../verdict/diagnosis.ts'
import type { Exchange } from '../wire/exchange.ts'

/** Fewer answers, or a smaller share of them, have nothing in common but chance. */
const fewest = 3
const leastShare = 0.6

/**
 * What most of the answers have in common that can be seen without knowing what was asked: a status that is no
 * success, or how the connection failed.
 * @param all every exchange of the run: a target that went away answers none of the last ones
 * @returns `undefined` where nothing is common to most of them
 */
export function sharedTrait(
  exchanges: readonly Exchange[],
  all: readonly Exchange[],
): UnexplainedTrait | undefined {
  const counts = new Map<string, number>()
  for (const exchange of exchanges) {
    const trait = traitOf(exchange)
    if (trait !== undefined) counts.set(trait, (counts.get(trait) ?? 0) + 1)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  if (most === undefined) return undefined
  const [trait, answers] = most
  const isMost = (count: number) => count >= fewest && count >= leastShare * exchanges.length
  if (!isMost(answers)) return undefined
  const last = all.reduce((id, one) => (one.failure === undefined ? Math.max(id, one.id) : id), 0)
  const gone = isMost(exchanges.filter(({ id }) => id > last).length)
  return { trait, answers, ...(gone && last > 0 ? { last_answered: last } : {}) }
}

function traitOf({ failure, response }: Exchange): string | undefined {
  if (failure !== undefined) return failure.message
  if (response === undefined || (response.status >= 200 && response.status < 300)) return undefined
  return `status ${response.status}`
}
