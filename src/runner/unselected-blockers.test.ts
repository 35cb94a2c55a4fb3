import { expect, test } from 'vitest'
import { handmadeWorld } from './handmade-server-fixture.ts'
import { judgeHandmade } from './judge-handmade-fixture.ts'

test.for([
  ['PAG-07', { cursors: 'ignored' }, ['PAG-03', 'PAG-04']],
  ['ISO-03', { cursors: 'refused' }, ['PAG-03', 'PAG-04']],
  ['FLT-02', { types: 'ignored' }, ['FLT-01']],
  ['SSE-04', { accept: 'ignored' }, ['NEG-01']],
] as const)(
  '%s selected alone is blocked by what was not selected, and that fails',
  async ([id, departures, by]) => {
    const { outcomes } = await judgeHandmade(
      handmadeWorld(60),
      { listRoutes: 20, ...departures },
      { only: [id], runs: 0 },
    )
    const found = outcomes.find((one) => one.id === id)
    expect(found?.verdict).toBe('inconclusive')
    expect(found?.blockedBy).toEqual(expect.arrayContaining([...by]))
    for (const blocker of found?.blockedBy ?? [])
      expect(outcomes.find((one) => one.id === blocker)?.verdict).toBe('fail')
  },
)

test('a requirement that passes alone judges no other', async () => {
  const { outcomes } = await judgeHandmade(
    handmadeWorld(60),
    { listRoutes: 20 },
    { only: ['PAG-07'], runs: 0 },
  )
  expect(outcomes.filter(({ verdict }) => verdict !== 'not-run').map(({ id }) => id)).toEqual(['PAG-07'])
})
