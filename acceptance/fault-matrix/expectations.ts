import { expect } from 'vitest'
import type { Fault } from '../../src/reference/faults/fault.ts'
import type { Variant } from '../../src/reference/variants/variant.ts'
import type { ServerResult } from './server-run.ts'

/** Expects the declared requirements of a fault to have failed, and no others. */
export function expectDetected(fault: Fault, { detection, messages }: ServerResult): void {
  if (detection === undefined) throw new Error(`${fault.name} was not run as a fault.`)
  const { missed, undeclared, broken, detected } = detection
  // A fault that shows only sometimes, or only in generated data, may leave some of its requirements unbroken.
  const partly = fault.sometimes === true || fault.generatedOnly === true
  expect(
    { missed: partly ? [] : missed, undeclared, broken },
    [fault.sentence, ...messages].join('\n'),
  ).toEqual({ missed: [], undeclared: [], broken: [] })
  expect(detected, fault.sentence).toBe(true)
}

/** Expects a variant to fail nothing, and to leave exactly what it declares undecided. */
export function expectNoAlarm(variant: Variant, { variant: result, messages }: ServerResult): void {
  if (result === undefined) throw new Error(`${variant.name} was not run as a variant.`)
  expect(result.alarms, [variant.sentence, ...messages].join('\n')).toEqual([])
  expect(result.undecided, variant.sentence).toEqual((variant.undecided ?? []).toSorted())
}
