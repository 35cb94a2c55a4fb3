import { expect, test } from 'vitest'
import type { HandmadeWorld } from '../runner/handmade-server-fixture.ts'
import { handmadeEvents } from '../runner/handmade-server-fixture.ts'
import { failing, judgeHandmade } from '../runner/judge-handmade-fixture.ts'
import { unknownIdLike } from './unknown-ids.ts'

const forms = [
  ['sess_019f00000000000000000000000000aa', /^sess_019f[0-9a-f]{28}$/],
  ['sthr_0198f1c2-7d3e-7a11-9b2c-3f4e5d6c7b8a', /^sthr_0198f1c2-7d3e-7a11-9b2c-[0-9a-f]{12}$/],
  ['evt_c3d4e5f6a7b8c9d0', /^evt_c3d4[0-9a-f]{12}$/],
  ['evt_01J9ZC4T8QABCDEF', /^evt_01J9[0-9A-Z]{12}$/],
  ['evt_01JQZZZZZZZZZZZZZZZZZZZZZZ', /^evt_01JQZ{10}[0-9A-Z]{12}$/],
  ['sess_1234567890', /^sess_\d{10}$/],
  ['evt_7', /^evt_\d{9}$/],
  ['123456', /^\d{9}$/],
  ['sess_zzz', /^sess_zzz\d{8}$/],
] as const

function places(a: string, b: string): number {
  return [...a].filter((char, at) => char !== b[at]).length + Math.abs(a.length - b.length)
}

test.for(forms)('an invented id like %s has its form and is far from it', ([id, form]) => {
  expect(unknownIdLike(id)).toMatch(form)
  expect(places(unknownIdLike(id), id)).toBeGreaterThanOrEqual(4)
})

test('an invented id is none of those that are known, however near they are', () => {
  const id = 'sthr_000000000001'
  const first = unknownIdLike(id)
  const second = unknownIdLike(id, [first, `${first.slice(0, -1)}x`])
  expect(places(second, first)).toBeGreaterThanOrEqual(4)
})

test.for([
  ['sess_', 'sthr_'],
  ['', ''],
] as const)(
  'a server with consecutive ids (%s1, %s2, …) is not accused of knowing unknown ones',
  async ([s, t]) => {
    const threads = (session: string, first: number) =>
      Object.fromEntries(
        Array.from({ length: 12 }, (_, at) => `${t}${first + at}`).map((thread) => [
          thread,
          handmadeEvents(session, thread, 25),
        ]),
      )
    const world: HandmadeWorld = { [`${s}1`]: threads(`${s}1`, 1), [`${s}2`]: threads(`${s}2`, 13) }
    const record = await judgeHandmade(world, { listRoutes: 20 }, { only: ['not-found', 'SSE-10', 'AUT-06'] })
    expect(failing(record)).toEqual([])
    expect(record.outcomes.find(({ id }) => id === 'NFD-02')?.verdict).toBe('pass')
  },
)
