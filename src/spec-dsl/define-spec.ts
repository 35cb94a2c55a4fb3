import type { Spec, SpecItem } from './spec-items.ts'

let declare: (spec: Spec) => void = () => undefined

/** Lets a test runner turn every spec that is loaded from now on into tests of its own. */
export function onSpec(listener: (spec: Spec) => void): void {
  declare = listener
}

/**
 * States the checks of one area. Every spec file ends in exactly one such call, so that a plain program can
 * import the checks as data and a test runner can show them as tests.
 */
export function defineSpec(area: Spec['area'], items: readonly SpecItem[]): Spec {
  const stated = { area, items }
  declare(stated)
  return stated
}
