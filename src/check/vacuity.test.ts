import { describe, expect, test } from 'vitest'
import { specs } from '../../specs/index.ts'
import type { AskingCheck, HistoryCheck } from './check.ts'
import type { Facts } from './facts.ts'

const nothing: Facts = {
  sessionId: undefined,
  threadId: undefined,
  thread: undefined,
  threadProblem: undefined,
  stream: undefined,
  sibling: undefined,
  other: undefined,
  tokens: { active: 'pat_of_nobody', expired: undefined, otherTenant: undefined },
}
const items = specs.flatMap((spec) => [...spec.items])
const asking = items.filter((item): item is AskingCheck => item.kind === 'asking')
const judging = items.filter((item): item is HistoryCheck => item.kind === 'history')

describe('nothing passes because nothing was checked', () => {
  test.for(asking)('$id states a need that a target of which nothing is known does not meet', ({ needs }) => {
    const lacks = needs.flatMap((need) => need(nothing) ?? [])
    expect(lacks.length).toBeGreaterThan(0)
    for (const { missing, provide } of lacks)
      expect([missing, provide].every((text) => text.length > 10)).toBe(true)
  })

  test.for(judging)(
    '$id judges nothing in a run without exchanges, and says what was missing',
    ({ judge, missing }) => {
      expect(judge({ exchanges: [], lists: [], streams: [] })).toMatchObject({ findings: [], judged: 0 })
      expect([missing.missing, missing.provide].every((text) => text.length >= 8)).toBe(true)
    },
  )
})
