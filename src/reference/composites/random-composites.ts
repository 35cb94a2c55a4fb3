import type { Fault } from '../faults/fault.ts'
import { faults } from '../faults/index.ts'
import { Random } from '../world/random.ts'
import type { Composite } from './composite.ts'
import { areIndependent, compositeOf } from './of-faults.ts'

/** Faults that show in every run, in the default world and to hand-written checks. */
const steady: readonly Fault[] = faults.filter(
  ({ sometimes, generatedOnly, world }) =>
    sometimes !== true && generatedOnly !== true && world === undefined,
)

/**
 * Servers with two or three independent faults, alternately.
 * @param seed the same seed gives the same servers
 */
export function randomComposites(seed: number, count: number): Composite[] {
  const random = new Random(seed)
  return Array.from({ length: count }, (_, at) => compositeOf(independent(random, 2 + (at % 2))))
}

function independent(random: Random, size: number): string[] {
  const chosen: Fault[] = []
  for (const fault of random.shuffled(steady)) {
    if (chosen.length === size) break
    if (chosen.every((other) => areIndependent(fault, other))) chosen.push(fault)
  }
  return chosen.map(({ name }) => name)
}
