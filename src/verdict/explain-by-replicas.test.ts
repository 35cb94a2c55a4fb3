import { expect, test } from 'vitest'
import type { RequirementId } from '../contract/catalogue.ts'
import type { Finding } from '../oracle/finding.ts'
import { explainByReplicas } from './explain-by-replicas.ts'
import type { Outcome } from './outcome.ts'

const finding = (kind: string, message: string): Finding => ({
  kind,
  message,
  expected: '',
  actual: '',
  exchanges: [1],
})
const failed = (id: RequirementId, ...findings: Finding[]): Outcome => ({
  id,
  verdict: 'fail',
  judged: findings.length,
  findings,
})

const replicas = { disputed: ['evt_9'], exchanges: [1, 2] }
const disagree = finding('replicas', 'evt_9 is in some responses and missing in later ones.')
const cause = failed('INP-03', disagree)

test('a page that lacks a disputed event is blocked by INP-03', () => {
  const [, page] = explainByReplicas(
    [cause, failed('PAG-02', finding('missing', 'evt_9 is missing'))],
    replicas,
  )
  expect(page).toMatchObject({ verdict: 'inconclusive', blockedBy: ['INP-03'] })
})

test('what replicas do not explain stays, also beside their own finding', () => {
  const appends = finding('read-appends', 'Each GET adds an event to the thread.')
  const repeat = finding('repeat-missing', 'evt_9 is missing')
  const outcomes = explainByReplicas(
    [
      failed('INP-03', disagree, repeat, appends),
      failed('ORD-01', finding('order', 'evt_3 comes before evt_2')),
    ],
    replicas,
  )
  expect(outcomes.map(({ findings }) => findings.map(({ kind }) => kind))).toEqual([
    ['replicas', 'read-appends'],
    ['order'],
  ])
})

test('without a failing INP-03 nothing is taken back', () => {
  const outcomes = [failed('PAG-02', finding('missing', 'evt_9 is missing'))]
  expect(explainByReplicas(outcomes, replicas)).toEqual(outcomes)
  expect(explainByReplicas([cause, ...outcomes], undefined)).toEqual([cause, ...outcomes])
})
