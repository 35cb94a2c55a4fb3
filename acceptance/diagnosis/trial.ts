import { z } from 'zod'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import type { Fault } from '../../src/reference/faults/fault.ts'
import { faults } from '../../src/reference/faults/index.ts'
import { withOverride } from '../../src/reference/standard-behaviour.ts'
import { worldOfSeed } from '../../src/reference/world/default-world.ts'
import { namedWorld } from '../../src/reference/world/worlds.ts'
import type { Diagnosis } from '../../src/verdict/diagnosis.ts'
import { runAgainst } from '../run-against.ts'

/** What a child process is asked: to diagnose a server with these faults. */
export const trialJob = z.object({
  faults: z.array(z.string()),
  /** Whether the dictionary lacks them. */
  held: z.boolean(),
})
export type TrialJob = z.infer<typeof trialJob>

/** What came of it. */
export const trialAnswer = z.object({
  /** Of the first of the faults; see {@link rankOf}. */
  rank: z.number(),
  certain: z.boolean(),
  said: z.string(),
  /** All that were named as the bug or one of them. */
  named: z.array(z.string()),
})
export type TrialAnswer = z.infer<typeof trialAnswer>

/** Another world and another seed than those by which the catalogue was made. */
const worldSeed = 77
const dataSeed = 3

/** The diagnosis of a server with these bugs, which the dictionary knows nothing of but its entries. */
export async function diagnosisOf(
  broken: readonly Fault[],
  dictionary: readonly Fault[] = faults,
): Promise<Diagnosis | undefined> {
  const named = broken.flatMap(({ world }) => world ?? [])[0]
  const world = (named === undefined ? undefined : namedWorld(named)) ?? worldOfSeed(worldSeed)
  const [session] = world.sessions
  const ids = named === undefined ? {} : { sessionId: session?.id, threadId: session?.threads[0]?.id }
  const record = await runAgainst(
    {
      world,
      behaviour: (base) =>
        broken.reduce((behaviour, { override }) => withOverride(override, behaviour), base),
    },
    { seed: dataSeed, timeoutMs: 4_000, streamIdleMs: 1_500, streamTotalMs: 20_000 },
    ids,
  )
  return diagnose(record, dictionary)
}

/** Where the right bug stands: 1 for the first or one that answered alike, up to 4 for the others; 0 for nowhere. */
export function rankOf({ name }: Fault, diagnosis: Diagnosis | undefined): number {
  const [first] = diagnosis?.problems ?? []
  if (first === undefined) return 0
  if (first.fault === name || first.alike.some(({ fault }) => fault === name)) return 1
  const at = (diagnosis?.others ?? []).findIndex(({ fault }) => fault === name)
  return at === -1 ? 0 : at + 2
}
