import type { RequirementId } from '../../../contract/catalogue.ts'
import type { Behaviour } from '../../behaviour.ts'

export type Same = (wanted: string, id: string) => boolean

/** Where a comparison is used: everywhere, in lists only, in streams only. */
export type Place = 'everywhere' | 'lists' | 'streams'

/** Finds the event that a cursor names by a careless comparison of ids; an id that no event has stays unknown. */
export function located(same: Same, place: Place = 'everywhere') {
  return (base: Behaviour): Partial<Behaviour> => ({
    locate(call, entries, id) {
      const right = base.locate(call, entries, id)
      const careful = place !== 'everywhere' && (place === 'streams') !== (call.stream === true)
      return careful || right === -1 ? right : entries.findIndex(({ event }) => same(id, event.id))
    },
  })
}

export const withoutSigns = (id: string) => id.slice(4).replace(/[-_]/g, '')

export const lists = ['PAG-03', 'PAG-04', 'PAG-05', 'PAG-07', 'PAG-11', 'FLT-05'] as const

export const streams: readonly RequirementId[] = ['SSE-05', 'SSE-06']
