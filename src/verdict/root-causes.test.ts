import { expect, test } from 'vitest'
import { type JudgedRequirement, rootCauses } from './root-causes.ts'

const of = (id: string, verdict: string, more: Partial<JudgedRequirement> = {}): JudgedRequirement => ({
  id,
  level: 'MUST',
  verdict,
  ...more,
})
const blocked = (id: string, ...blocked_by: string[]) => of(id, 'inconclusive', { blocked_by })

test('the cause that blocks most is first, and each cause lists what it blocks', () => {
  const causes = rootCauses(
    [
      of('FLT-01', 'fail'),
      of('PAG-03', 'fail'),
      blocked('PAG-05', 'PAG-03'),
      blocked('FLT-05', 'FLT-01', 'PAG-03'),
    ],
    [],
  )
  expect(causes).toEqual([
    { requirements: ['PAG-03'], blocked: ['PAG-05', 'FLT-05'] },
    { requirements: ['FLT-01'], blocked: ['FLT-05'] },
  ])
})

test('requirements with one cause are one block', () => {
  const all = [of('PAG-03', 'fail'), of('PAG-04', 'fail'), of('ENV-05', 'fail')]
  expect(rootCauses(all, [['PAG-03', 'PAG-04']]).map(({ requirements }) => requirements)).toEqual([
    ['PAG-03', 'PAG-04'],
    ['ENV-05'],
  ])
})

test('a flaky failure is not a cause, and MUST precedes SHOULD', () => {
  const all = [
    of('AUT-08', 'fail', { level: 'SHOULD' }),
    of('ENV-05', 'fail', { reproduced: '1 of 3' }),
    of('PAG-03', 'fail', { reproduced: 'always (3 of 3)' }),
  ]
  expect(rootCauses(all, []).map(({ requirements }) => requirements.join())).toEqual(['PAG-03', 'AUT-08'])
})

test('waived causes are last, with what they block', () => {
  const all = [of('PAG-03', 'waived'), of('ENV-05', 'fail'), blocked('PAG-05', 'PAG-03')]
  expect(rootCauses(all, [])).toEqual([
    { requirements: ['ENV-05'], blocked: [] },
    { requirements: ['PAG-03'], blocked: ['PAG-05'], waived: true },
  ])
})
