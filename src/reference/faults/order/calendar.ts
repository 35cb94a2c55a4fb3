import { parseInstant } from '../../../contract/instant.ts'
import type { Behaviour } from '../../behaviour.ts'
import type { Entry } from '../../store/entry.ts'
import type { ThreadEvent } from '../../world/world.ts'
import type { Fault } from '../fault.ts'
import { byText } from '../overrides/pages.ts'

/** Sorts by a text made of an event, and by nothing else. */
function sortedBy(key: (event: ThreadEvent, exact: string) => string) {
  return (base: Behaviour): Partial<Behaviour> => ({
    sortKey: (event) => key(event, String(base.sortKey(event))),
  })
}

const secondsOf = (event: ThreadEvent) => parseInstant(event.created_at)?.seconds ?? 0

const padded = (number: number) => String(number + 100_000_000_000).padStart(13, '0')

const fractionOf = (event: ThreadEvent) => parseInstant(event.created_at)?.fraction ?? ''

/** Shifts the instants for which the condition holds, by whole seconds. */
function shifted(seconds: number, when: (utc: string, event: ThreadEvent) => boolean) {
  return sortedBy((event) => {
    const at = secondsOf(event)
    const utc = new Date(at * 1000).toISOString()
    return `${padded(at + (when(utc, event) ? seconds : 0))}.${fractionOf(event)}`
  })
}

const day = 86_400

/** Clocks and calendars that go wrong at certain moments: nothing shows on any other day. */
export const calendarFaults: readonly Fault[] = [
  {
    name: 'seconds-in-32-bits',
    sentence: 'Seconds are stored in 32 bits: events from 2038-01-19T03:14:08Z on are sorted as if in 1901.',
    violates: ['ORD-01'],
    alsoAffects: ['SSE-04'],
    generatedOnly: true,
    override: sortedBy((event) => `${padded(secondsOf(event) | 0)}.${fractionOf(event)}`),
  },
  {
    name: 'leap-day-is-the-first-of-march',
    sentence: 'February 29 is treated as March 1.',
    violates: ['ORD-01'],
    alsoAffects: ['SSE-04'],
    generatedOnly: true,
    override: shifted(day, (utc) => utc.slice(5, 10) === '02-29'),
  },
  {
    name: 'year-of-the-week',
    sentence: 'The last days of December are sorted into the next year.',
    violates: ['ORD-01'],
    alsoAffects: ['SSE-04'],
    seen: 'YYYY in place of yyyy in a date pattern.',
    generatedOnly: true,
    override: shifted(365 * day, (utc) => utc.slice(5) >= '12-29'),
  },
  {
    name: 'half-hours-added-to-negative-zones',
    sentence: 'The minutes of a negative offset have the wrong sign: -03:30 is read as -02:30.',
    violates: ['ORD-01'],
    alsoAffects: ['SSE-04'],
    generatedOnly: true,
    override: shifted(-3600, (_utc, { created_at }) => /-\d\d:30$/.test(created_at)),
  },
  {
    name: 'zones-of-fourteen-hours-refused',
    sentence: 'An offset of +14:00 is read as +12:00.',
    violates: ['ORD-01'],
    alsoAffects: ['SSE-04'],
    seen: 'A check that no offset exceeds twelve hours.',
    generatedOnly: true,
    override: shifted(2 * 3600, (_utc, { created_at }) => created_at.endsWith('+14:00')),
  },
  {
    name: 'whole-seconds-last',
    sentence: 'A time without a fraction is sorted after all others of its second.',
    violates: ['ORD-01'],
    seen: 'An index over the text, in which Z sorts after a point.',
    override: sortedBy((event, exact) =>
      /:\d\d\.\d/.test(event.created_at) ? exact : `${exact.slice(0, 13)}~`,
    ),
  },
  {
    name: 'fractions-of-nine-digits-as-numbers',
    sentence: 'A fraction of nine digits is compared as a number with fractions of three and six.',
    violates: ['ORD-01'],
    override: (base) => ({
      compare(a, b) {
        const [left, right] = [a, b].map(({ event }) => /\.(\d+)/.exec(event.created_at)?.[1] ?? '0')
        const same = secondsOf(a.event) === secondsOf(b.event)
        return same ? Number(left) - Number(right) : base.compare(a, b)
      },
    }),
  },
  {
    name: 'last-digit-rounded',
    sentence: 'Nanoseconds are rounded to the next hundred before events are sorted; ties are broken by id.',
    violates: ['ORD-01'],
    seen: 'Ticks of 100 ns, as .NET has them.',
    override: (base) => ({
      compare(a: Entry, b: Entry) {
        const [left, right] = [a, b].map(
          ({ event }) => `${padded(secondsOf(event))}.${fractionOf(event).padEnd(9, '0').slice(0, 7)}`,
        )
        return byText(left ?? '', right ?? '') || byText(a.event.id, b.event.id) || base.compare(a, b)
      },
    }),
  },
]
