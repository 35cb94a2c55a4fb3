/**
 * A point in time at full precision.
 * `seconds` counts from 1970-01-01T00:00:00Z; `fraction` holds the decimal digits after the point, without
 * trailing zeros, so that any number of digits compares exactly. A leap second has the number of the second
 * that follows it.
 */
export interface Instant {
  readonly seconds: number
  readonly fraction: string
  readonly leap: boolean
}

const pattern = /^(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/

/**
 * Parses an RFC 3339 date-time with a zone.
 * A leap second (`:60`) is accepted where RFC 3339 allows it: at 23:59 UTC on the last day of a month.
 * @returns the instant, or `undefined` when the text has another form or names no real date.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = pattern.exec(text)
  if (match === null) return undefined
  const [, minute = '', second, digits = '', sign, offsetHour, offsetMinute] = match
  const minuteSeconds = secondsOfMinute(minute)
  const offset = sign === undefined ? 0 : offsetSeconds(sign, Number(offsetHour), Number(offsetMinute))
  const leap = second === '60'
  if (minuteSeconds === undefined || offset === undefined || (!leap && Number(second) > 59)) return undefined
  const seconds = minuteSeconds + Number(second) - offset
  if (leap && !endsMonth(seconds)) return undefined
  return { seconds, fraction: withoutTrailingZeros(digits), leap }
}

/** The minute that was read last: most events are of the same minute as the one before. */
let lastMinute: { readonly text: string; readonly seconds: number | undefined } = {
  text: '',
  seconds: undefined,
}

function secondsOfMinute(text: string): number | undefined {
  if (text !== lastMinute.text) lastMinute = { text, seconds: parseMinute(text) }
  return lastMinute.seconds
}

function parseMinute(text: string): number | undefined {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))]
  const [hour, minute] = [Number(text.slice(11, 13)), Number(text.slice(14, 16))]
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined
  return hour > 23 || minute > 59 ? undefined : midnightOf(year, month, day) + hour * 3600 + minute * 60
}

function offsetSeconds(sign: string, hours: number, minutes: number): number | undefined {
  if (hours > 23 || minutes > 59) return undefined
  return (sign === '-' ? -1 : 1) * (hours * 3600 + minutes * 60)
}

// The calendar repeats every 400 years. `Date.UTC` takes years below 100 for those of the twentieth century.
const cycleSeconds = 146_097 * 86_400

function midnightOf(year: number, month: number, day: number): number {
  return Date.UTC(year + 400, month - 1, day) / 1000 - cycleSeconds
}

function withoutTrailingZeros(digits: string): string {
  return digits.endsWith('0') ? digits.replace(/0+$/, '') : digits
}

/** Whether an RFC 3339 date-time is written in UTC: with `Z`, or with an offset of zero. */
export function isWrittenInUtc(text: string): boolean {
  return /(?:[Zz]|[+-]00:00)$/.test(text)
}

/**
 * Negative when `a` is earlier, positive when later, 0 when both are the same point in time, or one lies in a leap
 * second and the other in the second that follows it: the clocks of most systems do not tell these apart.
 */
export function compareInstants(a: Instant, b: Instant): number {
  if (a.seconds !== b.seconds) return a.seconds - b.seconds
  if (a.fraction === b.fraction || a.leap !== b.leap) return 0
  return a.fraction < b.fraction ? -1 : 1
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function endsMonth(seconds: number): boolean {
  const after = new Date(seconds * 1000)
  return after.getUTCDate() === 1 && after.getUTCHours() === 0 && after.getUTCMinutes() === 0
}
