import { parseInstant } from '../../../contract/instant.ts'
import type { Behaviour } from '../../behaviour.ts'
import type { Entry } from '../../store/entry.ts'
import type { Fault } from '../fault.ts'
import { byText } from '../overrides/pages.ts'

/** Sorts a thread by something else than time; `exact` is the right comparison. */
function sorted(compare: (a: Entry, b: Entry, exact: Behaviour['compare']) => number) {
  return (base: Behaviour): Partial<Behaviour> => ({ compare: (a, b) => compare(a, b, base.compare) })
}

const seconds = ({ event }: Entry) => parseInstant(event.created_at)?.seconds ?? 0

const fraction = ({ event }: Entry) => parseInstant(event.created_at)?.fraction ?? ''

const digits = ({ event }: Entry) => Number(/\.(\d+)/.exec(event.created_at)?.[1] ?? 0)

export const sortKeysFaults: readonly Fault[] = [
  {
    name: 'timestamps-compared-as-text',
    sentence: 'Events are sorted by the text of `created_at`, including its offset and digits.',
    violates: ['ORD-01'],
    seen: 'Timestamps kept in a text column.',
    override: sorted((a, b) => byText(a.event.created_at, b.event.created_at)),
  },
  {
    name: 'sorted-by-milliseconds',
    sentence: 'Events of the same millisecond are in insertion order.',
    violates: ['ORD-01'],
    seen: 'JavaScript’s Date, and columns of TIMESTAMP(3).',
    override: sorted((a, b) => Date.parse(a.event.created_at) - Date.parse(b.event.created_at)),
  },
  {
    name: 'zones-ignored',
    sentence: 'The offset of a timestamp is dropped before sorting.',
    violates: ['ORD-01'],
    alsoAffects: ['SSE-04'],
    generatedOnly: true,
    override: sorted((a, b) => byText(a.event.created_at.slice(0, 19), b.event.created_at.slice(0, 19))),
  },
  {
    name: 'sorted-by-id',
    sentence: 'Events are sorted by id, as if ids grew with time.',
    violates: ['ORD-01'],
    override: sorted((a, b) => byText(a.event.id, b.event.id)),
  },
  {
    name: 'sorted-by-arrival',
    sentence: 'Events are listed in the order of insertion.',
    violates: ['ORD-01'],
    override: sorted(() => 0),
  },
  {
    name: 'sorted-by-processing-time',
    sentence: 'Events are sorted by `processed_at`.',
    violates: ['ORD-01'],
    override: sorted((a, b) =>
      byText(String(a.event.processed_at ?? ''), String(b.event.processed_at ?? '')),
    ),
  },
  {
    name: 'sorted-by-seconds',
    sentence: 'Events of the same second are in insertion order.',
    violates: ['ORD-01'],
    seen: 'MySQL’s DATETIME, which has no fraction by default.',
    override: sorted((a, b) => seconds(a) - seconds(b)),
  },
  {
    name: 'sorted-by-microseconds',
    sentence: 'Events of the same microsecond are in insertion order.',
    violates: ['ORD-01'],
    seen: 'PostgreSQL’s timestamptz.',
    override: sorted(
      (a, b) => seconds(a) - seconds(b) || byText(fraction(a).slice(0, 6), fraction(b).slice(0, 6)),
    ),
  },
  {
    name: 'sorted-by-doubles',
    sentence: 'Times are seconds in a double, which cannot represent nanoseconds.',
    violates: ['ORD-01'],
    seen: 'Python’s time.time() and datetime.timestamp().',
    override: sorted(
      (a, b) => seconds(a) + Number(`0.${fraction(a)}`) - seconds(b) - Number(`0.${fraction(b)}`),
    ),
  },
  {
    name: 'fractions-compared-as-numbers',
    sentence: 'Fractions of a second are compared as integers: .5 before .123.',
    violates: ['ORD-01'],
    override: sorted((a, b) => seconds(a) - seconds(b) || digits(a) - digits(b)),
  },
  {
    name: 'offsets-added',
    sentence: 'The offset of a timestamp is added instead of subtracted.',
    violates: ['ORD-01'],
    alsoAffects: ['SSE-04'],
    generatedOnly: true,
    override: sorted((a, b, exact) => {
      const turned = ({ event }: Entry) =>
        Date.parse(
          event.created_at.replace(
            /([+-])(\d\d:\d\d)$/,
            (_, sign: string, size: string) => `${sign === '+' ? '-' : '+'}${size}`,
          ),
        )
      return turned(a) - turned(b) || exact(a, b)
    }),
  },
  {
    name: 'half-hours-of-offsets-dropped',
    sentence: 'Only the hours of an offset are used.',
    violates: ['ORD-01'],
    alsoAffects: ['SSE-04'],
    generatedOnly: true,
    override: sorted((a, b, exact) => {
      const whole = ({ event }: Entry) => Date.parse(event.created_at.replace(/([+-]\d\d):30$/, '$1:00'))
      return whole(a) - whole(b) || exact(a, b)
    }),
  },
  {
    name: 'late-events-listed-last',
    sentence: 'What is appended with an earlier timestamp is listed last.',
    violates: ['ORD-01'],
    alsoAffects: ['SSE-09'],
    seen: 'A list in memory that is sorted when it is loaded, and appended to from then on.',
    override: (base) => {
      const loaded = new WeakMap<object, number>()
      return {
        append(state, session, thread, events) {
          if (!loaded.has(thread)) loaded.set(thread, thread.inserted.length)
          return base.append(state, session, thread, events)
        },
        sequence(call) {
          const count = loaded.get(call.thread)
          if (count === undefined) return base.sequence(call)
          const { sorted: all, inserted } = call.thread
          const listed = [...all.filter(({ position }) => position < count), ...inserted.slice(count)]
          return call.query.order === 'asc' ? listed : listed.toReversed()
        },
      }
    },
  },
]
