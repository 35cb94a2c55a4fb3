import type { RequirementId } from '../../contract/catalogue.ts'
import type { Behaviour } from '../behaviour.ts'
import type { Fault } from './fault.ts'

type Same = (wanted: string, id: string) => boolean

/** Where a comparison is used: everywhere, in lists only, in streams only. */
type Place = 'everywhere' | 'lists' | 'streams'

/** Finds the event that a cursor names by a careless comparison of ids; an id that no event has stays unknown. */
function located(same: Same, place: Place = 'everywhere') {
  return (base: Behaviour): Partial<Behaviour> => ({
    locate(call, entries, id) {
      const right = base.locate(call, entries, id)
      const careful = place !== 'everywhere' && (place === 'streams') !== (call.stream === true)
      return careful || right === -1 ? right : entries.findIndex(({ event }) => same(id, event.id))
    },
  })
}

const withoutZeros = (id: string) => id.replace(/^(evt_)0+/, '$1')
const withoutSigns = (id: string) => id.slice(4).replace(/[-_]/g, '')

const lists = ['PAG-03', 'PAG-04', 'PAG-05', 'PAG-07', 'PAG-11', 'FLT-05'] as const
const streams: readonly RequirementId[] = ['SSE-05', 'SSE-06']

/** Ids compared as a careless database compares them: nothing shows while ids are all of one form. */
export const collationFaults: readonly Fault[] = [
  {
    name: 'cursor-without-regard-to-case',
    sentence: 'A cursor that differs from an earlier id in letter case alone is taken for that one.',
    violates: [...lists, ...streams],
    seen: 'A case-insensitive collation on the id column.',
    generatedOnly: true,
    alter: located((wanted, id) => wanted.toLowerCase() === id.toLowerCase()),
  },
  {
    name: 'cursor-by-number',
    sentence: 'Leading zeros of an id do not count where a cursor is looked up.',
    violates: [...lists, ...streams],
    seen: 'Ids that are parsed as hexadecimal numbers.',
    generatedOnly: true,
    alter: located((wanted, id) => withoutZeros(wanted) === withoutZeros(id)),
  },
  {
    name: 'cursor-without-punctuation',
    sentence: 'Hyphens and underscores do not count where a cursor is looked up.',
    violates: [...lists, ...streams],
    seen: 'Ids that are normalised as UUIDs are.',
    generatedOnly: true,
    alter: located((wanted, id) => withoutSigns(wanted) === withoutSigns(id)),
  },
  {
    name: 'cursor-cut-to-36-characters',
    sentence: 'A cursor is compared by its first 36 characters.',
    violates: [...lists, ...streams],
    seen: 'VARCHAR(36), which held every id so far.',
    generatedOnly: true,
    alter: located((wanted, id) => wanted.slice(0, 36) === id.slice(0, 36)),
  },
  {
    name: 'resume-at-the-first-id-that-begins-so',
    sentence: 'Last-Event-ID finds the first event whose id begins with it.',
    violates: ['SSE-05', 'SSE-06'],
    generatedOnly: true,
    alter: located((wanted, id) => id.startsWith(wanted), 'streams'),
  },
  {
    name: 'resume-without-punctuation',
    sentence: 'Hyphens and underscores of a Last-Event-ID do not count.',
    violates: ['SSE-05', 'SSE-06'],
    generatedOnly: true,
    alter: located((wanted, id) => withoutSigns(wanted) === withoutSigns(id), 'streams'),
  },
  {
    name: 'events-cached-without-regard-to-case',
    sentence:
      'An event is shown from a cache whose keys forget letter case, so that one of two twins is shown twice.',
    violates: ['EVT-02', 'ENV-03', 'EVT-08', 'ORD-01', 'PAG-05', 'SSE-02', 'SSE-03', 'SSE-04'],
    seen: 'A cache key that is lower-cased.',
    generatedOnly: true,
    alter: (base) => ({
      present(call, event) {
        const twin = call.thread.sorted.find(
          ({ event: other }) => other.id.toLowerCase() === event.id.toLowerCase(),
        )
        return base.present(call, twin?.event ?? event)
      },
    }),
  },
]
