import { composites as catalogue, randomComposites } from '../../src/reference/composites/index.ts'
import { Random } from '../../src/reference/world/random.ts'
import type { WorkerPool } from '../worker-pool.ts'
import { breaksMust, diagnosable, type TrialAnswer, type TrialJob } from './trial.ts'

/** Which servers are tried. */
export interface MeasurePlan {
  readonly faults: readonly string[]
  /** Random composites, of two and three faults by turns: their seed, how many there are, and which of them are tried. */
  readonly seed: number
  readonly composites: number
  readonly chosen?: readonly number[]
  readonly publicServers: readonly string[]
  /** A folder that keeps the records of the runs. */
  readonly records?: string | undefined
}

/** What the diagnosis says of them. */
export interface Measured {
  readonly single: readonly TrialAnswer[]
  readonly pairs: readonly TrialAnswer[]
  readonly triples: readonly TrialAnswer[]
  readonly publicServers: readonly TrialAnswer[]
}

/** The rebuilt public servers, by name. */
export const publicServers: readonly string[] = catalogue
  .map(({ name }) => name)
  .filter((name) => name.startsWith('public-'))

/** Some diagnosable faults; the same seed gives the same ones. */
export function sampleOfFaults(size: number, seed: number): string[] {
  return new Random(seed)
    .shuffled(diagnosable)
    .slice(0, size)
    .map(({ name }) => name)
}

/** How many servers a plan has. */
export function sizeOf({ faults, composites, chosen, publicServers }: MeasurePlan): number {
  return faults.length + (chosen?.length ?? composites) + publicServers.length
}

/** Diagnoses all servers of a plan, apart from composites that break no MUST requirement: these open no diagnosis. */
export async function measure(
  { faults, seed, composites, chosen = [...Array(composites).keys()], publicServers, records }: MeasurePlan,
  pool: WorkerPool<TrialJob, TrialAnswer>,
  onAnswer: (answer: TrialAnswer) => void = () => undefined,
): Promise<Measured> {
  const run = async (jobs: readonly TrialJob[]) =>
    await Promise.all(
      jobs.map(async (job) => {
        const answer = await pool.run({ ...job, records })
        onAnswer(answer)
        return answer
      }),
    )
  const servers = randomComposites(seed, composites)
  const tried = chosen.filter((at) => servers[at]?.mustFail.some(breaksMust))
  const mixed = tried.map((at) => ({ seed, count: composites, at }))
  const [single, together, known] = await Promise.all([
    run(faults.map((fault) => ({ fault }))),
    run(mixed),
    run(publicServers.map((composite) => ({ composite }))),
  ])
  return {
    single,
    pairs: together.filter((_, index) => (tried[index] ?? 0) % 2 === 0),
    triples: together.filter((_, index) => (tried[index] ?? 0) % 2 === 1),
    publicServers: known,
  }
}
