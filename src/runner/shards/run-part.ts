import { packageVersion } from '../../contract/package-root.ts'
import { defaultRevision } from '../../contract/revisions/index.ts'
import type { RunPart } from '../../record/run-part.ts'
import type { RunPlan } from '../run-plan.ts'

/** The part that a plan describes; `undefined` for a whole run. */
export function partOf({
  target: _target,
  runId: _runId,
  shard,
  seed: _seed,
  revision = defaultRevision,
  ...rest
}: RunPlan): RunPart | undefined {
  if (shard === undefined) return undefined
  const named = revision === defaultRevision ? rest : { ...rest, revision: revision.name }
  const settings = Object.entries(named).map(([name, value]) => [name, JSON.stringify(value) ?? ''])
  return { ...shard, version: packageVersion, settings: Object.fromEntries(settings) }
}
