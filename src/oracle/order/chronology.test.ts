import { expect, test } from 'vitest'
import { aHistory, aList, anEvent, aThread, five, fiveEvents, kindOf, one, two } from '../history-fixture.ts'
import type { ListQuery } from '../pagination/list-query.ts'
import { judgeChronology, judgePageChronology } from './chronology.ts'

const late = anEvent('evt_n2', '2026-01-01T00:00:00.000000002Z')
const early = anEvent('evt_n1', '2026-01-01T01:00:00.000000001+01:00')
const kinds = (came: (typeof one)[], query: ListQuery = {}, sorted = came) =>
  judgeChronology(aHistory([aList(aThread(sorted), query, came)])).findings.map(kindOf)

test('compares nanoseconds and time zones', () => {
  expect(kinds([early, late])).toEqual([])
  expect(kinds([late, early], {}, [early, late])).toEqual(['inversion'])
})

test('a page in descending order is read from its end', () => {
  expect(kinds([late, early], { order: 'desc' }, [early, late])).toEqual([])
  expect(kinds([early, late], { order: 'desc' }, [early, late])).toEqual(['inversion'])
})

test('an ascending page for order=desc is chronological: the order is ignored', () => {
  expect(kinds(fiveEvents, { order: 'desc' })).toEqual([])
  expect(kinds([two, one, five], { order: 'desc' }, fiveEvents)).toEqual(['inversion'])
})

test('an inversion between two pages that are each in order is found', () => {
  const thread = aThread([two, five, one])
  const lists = [aList(thread, { limit: 2 }, [two, five]), aList(thread, { after: 'evt_5', limit: 2 }, [one])]
  const { findings } = judgeChronology(aHistory(lists))
  expect(findings.map(kindOf)).toEqual(['inversion'])
  expect(findings[0]?.message).toContain('evt_1 is listed after evt_5')
})

test('skips an event without a real date, and still finds inversions around it', () => {
  const dateless = anEvent('evt_x', 'yesterday')
  expect(kinds([one, dateless, two])).toEqual([])
  expect(kinds([two, dateless, one], {}, [one, two])).toEqual(['inversion'])
})

test('a page without two different times is not judged', () => {
  const tied = [anEvent('evt_1', 1), anEvent('evt_2', '2026-01-01T00:00:01.000Z')]
  expect(judgeChronology(aHistory([aList(aThread(tied), {}, tied)]))).toEqual({
    judged: 0,
    findings: [],
    cases: [],
  })
  expect(judgeChronology(aHistory([aList(aThread(fiveEvents), {}, [])])).judged).toBe(0)
})

test('one page is judged without the sequence of the thread', () => {
  const thread = aThread([two, one, five])
  expect(judgePageChronology(aList(thread, {}, [one, two, five]))).toBeUndefined()
  expect(judgePageChronology(aList(thread, { order: 'desc' }, [five, one, two]))?.kind).toBe('inversion')
  expect(judgePageChronology(aList(thread, { order: 'desc' }, [one, two, five]))).toBeUndefined()
})
