import type { Override } from '../../reference/behaviour.ts'
import { envelopeWithout, largeLimitCapped, withDefaultLimit } from '../../reference/composites/departures.ts'
import type { ObservedRequest } from '../observed-run.ts'
import { asksForEvents, hasFailed, numbersOf, type SignInput, type Symptom } from './sign.ts'

const fewest = 3

/** Fields that no list has, another default page size, and events that are null. */
export function listSigns(input: SignInput): Symptom[] {
  return [...envelopeSigns(input), ...defaultSizeSigns(input), ...nullSigns(input)]
}

function envelopeSigns({ run, record }: SignInput): Symptom[] {
  if (!hasFailed(record, 'ENV-01')) return []
  const lists = run.asked.filter((asked) => isList(asked) && asksForEvents(asked))
  const fields = { first_id: 'first', last_id: 'last', has_more: 'more' } as const
  const missing = Object.entries(fields).flatMap(([name, key]) =>
    lists.length >= fewest &&
    lists.every(({ answer: { body } }) => body.kind === 'list' && body[key] === undefined)
      ? [name]
      : [],
  )
  if (missing.length === 0) return []
  return [
    {
      bug: {
        name: missing.length === 1 && missing[0] === 'first_id' ? 'first-id-missing' : 'list-fields-missing',
        sentence: `No list has ${missing.join(', ').replace(/, (?=[^,]*$)/, ' and ')}.`,
        violates: ['ENV-01'],
        override: envelopeWithout(...missing),
      },
      exchanges: numbersOf(lists),
      typicalCause:
        'Lists are paged by another convention (a page token or a total), or sent as the framework has them.',
      suggestedFix:
        'Build every list by one function: data, the ids of its own first and last event or null, has_more as a boolean.',
    },
  ]
}

function defaultSizeSigns({ run, record }: SignInput): Symptom[] {
  if (!hasFailed(record, 'PAG-01')) return []
  const plain = run.asked.filter(
    (asked) => isList(asked) && asksForEvents(asked) && !asked.exchange.request.target.includes('?'),
  )
  const sizes = plain.map(sizeOf)
  const size = Math.max(0, ...sizes)
  if (size === 20 || size === 0) return []
  // Pages that are as much too large or small with a limit have that size for another reason than the default.
  const alike = run.asked.flatMap((asked) => {
    const limit = limitOf(asked)
    return limit !== undefined && isList(asked) && hasMore(asked) && sizeOf(asked) === limit + size - 20
      ? [limit]
      : []
  })
  if (new Set(alike).size > 1) return []
  const threads = run.world.sessions.flatMap(({ id, threads }) =>
    threads.map((thread) => ({
      path: `/sessions/${id}/threads/${thread.id}/`,
      length: thread.events.length,
    })),
  )
  const lengthFor = ({ exchange }: ObservedRequest) =>
    threads.find(({ path }) => exchange.request.target.startsWith(path))?.length
  const whole = plain.every((asked) => sizeOf(asked) === (lengthFor(asked) ?? sizeOf(asked)))
  // A page may be the whole thread because the thread is not longer than the page.
  const said = whole && size !== 100 && size !== 50
  const name = said
    ? 'no-default-limit'
    : size === 25 || size === 10
      ? `default-limit-${size}`
      : 'default-page-size'
  return [
    {
      bug: {
        name,
        sentence: said
          ? `Without limit, all events are returned (${size}) instead of 20.`
          : `The default page size is ${size} instead of 20.`,
        violates: ['PAG-01'],
        override: withDefaultLimit(said ? Number.POSITIVE_INFINITY : size),
      },
      exchanges: numbersOf(plain.filter((asked) => sizeOf(asked) > 20 || sizeOf(asked) === size)),
      typicalCause: 'The default of a framework or of another route.',
      suggestedFix: 'Use 20 where the request has no limit.',
    },
  ]
}

function nullSigns({ run, record, values }: SignInput): Symptom[] {
  if (!hasFailed(record, 'EVT-01')) return []
  const lists = run.asked.filter((asked) => {
    const { body } = asked.answer
    const rows = isList(asked) && body.kind === 'list' ? (body.rows ?? []) : []
    const shown = rows.filter((row) => values[row] !== null)
    return shown.length > 0 && shown.length < rows.length
  })
  if (lists.length < fewest) return []
  return [
    {
      bug: {
        name: 'null-among-the-records',
        sentence: 'Lists have null in the place of some events.',
        violates: ['EVT-01'],
        override: () => ({}),
      },
      exchanges: numbersOf(lists),
      typicalCause: 'The serialiser returns null for types that it does not know.',
      suggestedFix: 'Send events of every type, those without a schema of their own too.',
    },
  ]
}

/** What the target chose where the contract leaves a choice. */
export function choicesOf(asked: readonly ObservedRequest[]): Override[] {
  const capped = asked.some(
    (one) =>
      (limitOf(one) ?? 0) > 100 &&
      isList(one) &&
      (sizeOf(one) === 100 || (sizeOf(one) < 100 && !hasMore(one))),
  )
  return capped ? [largeLimitCapped] : []
}

function isList({ answer: { status, body } }: ObservedRequest): boolean {
  return status === 200 && body.kind === 'list'
}

function limitOf({ exchange }: ObservedRequest): number | undefined {
  const limit = /[?&]limit=(\d+)(&|$)/.exec(exchange.request.target)?.[1]
  return limit === undefined ? undefined : Number(limit)
}

function hasMore({ answer: { body } }: ObservedRequest): boolean {
  return body.kind === 'list' && body.more === true
}

function sizeOf({ answer: { body } }: ObservedRequest): number {
  return body.kind === 'list' ? (body.rows?.length ?? 0) : 0
}
