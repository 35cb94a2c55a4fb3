import { expect, test } from 'vitest'
import { runAgainst } from '../../acceptance/run-against.ts'
import { faults } from '../reference/faults/index.ts'

test('values of the named fields show nowhere in a record, in findings and frames neither', async () => {
  const fault = faults.find(({ name }) => name === 'line-breaks-become-spaces-in-the-stream')
  const plain = await runAgainst({ behaviour: fault?.override ?? (() => ({})) }, { only: ['event'], runs: 0 })
  const told = plain.exchanges.flatMap(({ response }) =>
    [...(response?.body ?? '').matchAll(/"content":"([^"\\]{12,60})"/g)].map(([, value = '']) => value),
  )
  const [first = 'none'] = told
  expect(JSON.stringify(plain)).toContain(first)

  const redacted = await runAgainst(
    { behaviour: fault?.override ?? (() => ({})) },
    { only: ['event'], runs: 0, redactedFields: ['content'] },
  )
  const written = JSON.stringify(redacted)
  expect(written).toContain('[redacted]')
  expect(told.filter((value) => written.includes(value))).toEqual([])
  // What was judged is judged by what came.
  expect(redacted.outcomes.map(({ id, verdict }) => [id, verdict])).toEqual(
    plain.outcomes.map(({ id, verdict }) => [id, verdict]),
  )
})
