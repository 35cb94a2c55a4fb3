const form = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/

// Added so that every year of RFC 3339 (0000 to 9999, any zone) gives a positive number of one width.
const shift = 100_000_000_000

/**
 * A text that sorts as the instant does: RFC 3339 date-times in any zone, any number of fraction digits.
 * Two spellings of one instant give one key. A leap second is the second that follows it.
 * @returns the key, or `undefined` when the text is no date-time with a zone or names no real date.
 */
export function instantKey(text: string): string | undefined {
  const match = form.exec(text)
  if (match === null) return undefined
  const [, date = '', hour = '', minute = '', second = '', digits = '', sign = '+', ...zone] = match
  const midnight = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(date)) return undefined
  const [zoneHour = 0, zoneMinute = 0] = zone.map((part: string | undefined) => Number(part ?? 0))
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined
  if (zoneHour > 23 || zoneMinute > 59) return undefined
  const offset = (zoneHour * 60 + zoneMinute) * (sign === '-' ? -60 : 60)
  const time = Number(hour) * 3600 + Number(minute) * 60 + Number(second)
  const seconds = midnight / 1000 + time - offset
  if (second === '60' && !beginsMonth(seconds)) return undefined
  return `${String(seconds + shift).padStart(12, '0')}.${digits.replace(/0+$/, '')}`
}

// A leap second is the last second of a month in UTC (RFC 3339, 5.7), so the next one begins a month.
function beginsMonth(seconds: number): boolean {
  return /-01T00:00:00/.test(new Date(seconds * 1000).toISOString())
}
