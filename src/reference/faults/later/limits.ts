import { invalid } from '../../behaviour/denial.ts'
import type { Behaviour, Override } from '../../behaviour.ts'
import type { Fault } from '../fault.ts'

const revision = '2026-07'

function above(answer: (limit: number) => ReturnType<Behaviour['readLimit']>): Override {
  return (base) => ({
    readLimit: (values) => {
      const limit = /^\d+$/.test(values[0] ?? '') ? Number(values[0]) : 0
      return limit > 100 ? answer(limit) : base.readLimit(values)
    },
  })
}

/** Limits above 100. */
export const laterLimitFaults: readonly Fault[] = [
  {
    name: 'limit-above-100-capped',
    sentence: 'A limit above 100 is capped at 100, as in the revision of June 2026.',
    violates: ['PAG-25'],
    revision,
    override: above(() => 100),
  },
  {
    name: 'limit-above-100-honoured',
    sentence: 'A limit above 100 returns as many events.',
    violates: ['PAG-25'],
    revision,
    override: above((limit) => limit),
  },
  {
    name: 'limit-above-100-refused-with-422',
    sentence: 'A limit above 100 is refused with 422.',
    violates: ['PAG-25'],
    revision,
    override: above(() => ({ ...invalid('limit is too large.', 'limit'), status: 422 })),
  },
]
