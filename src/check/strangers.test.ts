import { expect, test } from 'vitest'
import { strangerLike } from './strangers.ts'

const forms = [
  ['sess_019f00000000000000000000000000aa', /^sess_019f[0-9a-f]{28}$/],
  ['sthr_0198f1c2-7d3e-7a11-9b2c-3f4e5d6c7b8a', /^sthr_0198f1c2-7d3e-7a11-9b2c-[0-9a-f]{12}$/],
  ['evt_c3d4e5f6a7b8c9d0', /^evt_c3d4[0-9a-f]{12}$/],
  ['evt_01J9ZC4T8QABCDEF', /^evt_01J9[0-9A-Z]{12}$/],
  ['sess_1234567890', /^sess_\d{10}$/],
  ['evt_7', /^evt_\d{11}$/],
] as const

test.for(forms)('a stranger like %s has the same form and is another', ([id, form]) => {
  expect(strangerLike(id)).toMatch(form)
  expect(strangerLike(id)).not.toBe(id)
})

test('an id without any digit still has a stranger', () => {
  expect(strangerLike('sess_zzz')).not.toBe('sess_zzz')
})
