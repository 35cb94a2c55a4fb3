import type { Report } from './model.ts'

/** Says that a report covers one shard only; undefined for a whole run. */
export function partSentence({ part }: Report): string | undefined {
  if (part === undefined) return undefined
  return `This is shard ${part.index} of ${part.count}: it covers a part of the requirements. Combine all shards with merge.`
}
