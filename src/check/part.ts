import { packageVersion } from '../contract/package-root.ts'
import type { Plan } from './plan.ts'

/** Which part of a divided run a record is, and what all its parts must have in common. */
export interface Part {
  /** 1, 2, 3 … */
  readonly index: number
  readonly count: number
  readonly version: string
  /** What was set, as JSON text by name; nothing of the target, whose tokens stay out of every file. */
  readonly settings: Readonly<Record<string, string>>
}

/** The part that a plan describes; `undefined` for a whole run. */
export function partOf({
  target: _target,
  runId: _runId,
  shard,
  seed: _seed,
  ...rest
}: Plan): Part | undefined {
  if (shard === undefined) return undefined
  const settings = Object.entries(rest).map(([name, value]) => [name, JSON.stringify(value) ?? ''])
  return { ...shard, version: packageVersion, settings: Object.fromEntries(settings) }
}
