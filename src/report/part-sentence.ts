import type { Report } from './model.ts'

/** That a report is of one shard, and what it does not speak of; nothing for a whole run. */
export function partSentence({ part }: Report): string | undefined {
  if (part === undefined) return undefined
  return `This is shard ${part.index} of ${part.count}: it speaks for a part of the requirements alone. Put all shards together with merge.`
}
