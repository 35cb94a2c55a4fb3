const firstBackoffMs = 500

/**
 * How long to wait before asking again after a 429, in milliseconds (RFC 9110, 10.2.3: seconds or a date).
 * Without a readable Retry-After the wait doubles from half a second.
 * @param tries how often the request was already made, from 1
 */
export function waitBeforeRetry(retryAfter: string | undefined, tries: number, nowMs: number): number {
  const text = retryAfter?.trim() ?? ''
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const date = text === '' ? Number.NaN : Date.parse(text)
  if (!Number.isNaN(date)) return Math.max(0, date - nowMs)
  return firstBackoffMs * 2 ** (tries - 1)
}
