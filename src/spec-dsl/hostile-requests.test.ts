import { expect, test } from 'vitest'
import { hostileRequests, hostileTogether } from './hostile-requests.ts'

const ids = { sessionId: 'sess_a', threadId: 'sthr_b' }

test('each combined request is followed by requests that are made one by one too', () => {
  const single = new Set(hostileRequests(ids).map((request) => JSON.stringify(request)))
  for (const { request, parts } of hostileTogether(ids)) {
    expect(single.has(JSON.stringify(request))).toBe(false)
    expect(parts.length).toBeGreaterThan(1)
    const others = parts.filter((part) => !single.has(JSON.stringify(part)))
    // INP-02 asks for an unknown order.
    expect(others.every(({ target }) => target?.endsWith('?order=sideways'))).toBe(true)
  }
})

test('combined requests contain what a lookup in a plain object finds, in the path and in the query', () => {
  const text = JSON.stringify(hostileTogether(ids))
  for (const part of ['type=__proto__,constructor', 'after_id=__proto__', '/sessions/constructor/threads/'])
    expect(text).toContain(part)
})
