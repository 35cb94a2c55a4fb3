const firstBackoffMs = 500
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, .* GMT$/

/**
 * How long to wait before asking again after a 429, in milliseconds (RFC 9110, 10.2.3: seconds or a date).
 * Without a Retry-After in the future, the wait doubles from half a second, so that a target that always says 0
 * is not asked endlessly. A random part is added, so that requests that were refused together are not repeated
 * together.
 * @param random a number from 0 to 1, for that part
 * @param tries how often the request was already made, from 1
 */
export function waitBeforeRetry(
  retryAfter: string | undefined,
  tries: number,
  nowMs: number,
  random = 0,
): number {
  const text = retryAfter?.trim() ?? ''
  const stated = /^\d+$/.test(text)
    ? Number(text) * 1000
    : httpDate.test(text)
      ? Date.parse(text) - nowMs
      : Number.NaN
  return stated > 0 ? stated : firstBackoffMs * 2 ** (tries - 1) * (1 + random / 2)
}
