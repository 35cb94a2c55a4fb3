import { type RequirementId, requirements } from '../../src/contract/catalogue.ts'
import type { Fault } from '../../src/reference/faults/fault.ts'

/** How many faults of the sample break each requirement. */
export const faultsPerRequirement = 2

/** Every n-th variant is in the sample, and every n-th of the faults that only generated data shows. */
const variantStep = 12
const generatedStep = 10

/** A fault belongs to the requirement that it declares first. */
export function ownFaults(id: RequirementId, faults: readonly Fault[]): readonly Fault[] {
  return faults.filter(({ violates: [first] }) => first === id)
}

/**
 * The faults that a requirement is exercised with: those that break it, or, where each of them breaks a narrower promise
 * first, those that affect it.
 */
export function exercising(id: RequirementId, faults: readonly Fault[]): readonly Fault[] {
  const declaring = faults.filter(({ violates }) => violates.includes(id))
  return declaring.length > 0 ? declaring : faults.filter(({ alsoAffects = [] }) => alsoAffects.includes(id))
}

/**
 * The fixed sample of faults that `npm test` runs: for each requirement one fault of its own, of those that declare the
 * fewest requirements first, and another that declares it. Requirements share faults where they can.
 */
export function sampleFaults(faults: readonly Fault[]): ReadonlySet<Fault> {
  const sample = new Set<Fault>()
  for (const { id } of requirements)
    for (const fault of [...ownFaults(id, faults)].sort(cheapestFirst).slice(0, 1)) sample.add(fault)
  for (const { id } of requirements) addMissing(id, faults, sample)
  const generated = faults.filter(({ generatedOnly }) => generatedOnly === true)
  for (const fault of everyNth(generated, generatedStep)) sample.add(fault)
  return sample
}

function addMissing(id: RequirementId, faults: readonly Fault[], sample: Set<Fault>): void {
  const candidates = [...exercising(id, faults)].sort(cheapestFirst)
  for (const fault of candidates) {
    if (candidates.filter((one) => sample.has(one)).length >= faultsPerRequirement) return
    sample.add(fault)
  }
}

/** The fixed sample of variants that `npm test` runs. */
export function sampleVariants<T>(variants: readonly T[]): ReadonlySet<T> {
  return new Set(everyNth(variants, variantStep))
}

function everyNth<T>(list: readonly T[], step: number): readonly T[] {
  return list.filter((_, at) => at % step === 0)
}

// Generated data comes last in a run, and what shows only sometimes proves less.
function cheapestFirst(one: Fault, other: Fault): number {
  const cost = (fault: Fault) =>
    (fault.generatedOnly === true ? 200 : 0) + (fault.sometimes === true ? 100 : 0) + fault.violates.length
  return cost(one) - cost(other)
}
