import { expect, test } from 'vitest'
import { explainByInterference } from './explain-by-interference.ts'
import type { Outcome } from './outcome.ts'

const fails = (id: Outcome['id'], reproduced: string): Outcome => ({
  id,
  verdict: 'fail',
  judged: 1,
  findings: [],
  reproduced,
})
const summary = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ id, verdict, blockedBy = [] }) => [id, verdict, ...blockedBy].join(' '))

const others = [fails('PAG-02', '1 of 3'), fails('ORD-03', 'always (3 of 3)'), fails('ISO-05', '1 of 3')]

test('where requests always affect each other, what failed once is blocked, and leaks stay', () => {
  const outcomes = explainByInterference([fails('NEG-05', 'always (3 of 3)'), ...others])
  expect(summary(outcomes)).toEqual([
    'NEG-05 fail',
    'PAG-02 inconclusive NEG-05',
    'ORD-03 fail',
    'ISO-05 fail',
  ])
})

test.for(['2 of 3', undefined])('a NEG-05 that failed %s explains nothing', (reproduced) => {
  const { reproduced: _, ...once } = fails('NEG-05', '')
  const cause: Outcome = reproduced === undefined ? once : fails('NEG-05', reproduced)
  expect(explainByInterference([cause, ...others])).toEqual([cause, ...others])
})
