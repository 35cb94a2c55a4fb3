import { expect, test } from 'vitest'
import type { JsonValue } from '../../contract/json.ts'
import { aList, aThread, fiveEvents, four, kindOf, one, pageOf, two } from '../history-fixture.ts'
import type { ListQuery } from './list-query.ts'
import { judgeNextPage } from './next-page.ts'

const thread = aThread(fiveEvents)

function judged(query: ListQuery, events: typeof fiveEvents, nextPage: JsonValue | undefined) {
  const list = aList(thread, query, events)
  return kindOf(judgeNextPage({ ...list, page: { ...pageOf(list), nextPage } }))
}

test('a cursor where more events follow, and null where none do, are right', () => {
  expect(judged({ limit: 2 }, [one, two], 'page_2')).toBeUndefined()
  expect(judged({ limit: 5 }, fiveEvents, null)).toBeUndefined()
})

test('a page without a usable next_page is a finding', () => {
  expect(judged({ limit: 2 }, [one, two], undefined)).toBe('next-page-absent')
  expect(judged({ limit: 2 }, [one, two], 2)).toBe('next-page-type')
  expect(judged({ limit: 5 }, fiveEvents, '')).toBe('next-page-type')
  expect(judged({ limit: 2 }, [one, two], null)).toBe('next-page-missing')
  expect(judged({ limit: 5 }, fiveEvents, 'page_5')).toBe('next-page-surplus')
})

test('a page that was read backward, or has the wrong events, is not judged', () => {
  expect(judged({ limit: 1, before: 'evt_2' }, [one], 'page_1')).toBe('undecided')
  expect(judged({ limit: 2 }, [one, four], null)).toBe('undecided')
})
