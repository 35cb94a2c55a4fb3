import { parseJson, writeJson } from '../../contract/json.ts'
import { invalid } from '../behaviour/denial.ts'
import type { Override } from '../behaviour.ts'
import { defaultWorld } from '../world/default-world.ts'
import { parseWorld } from '../world/parse-world.ts'
import type { World } from '../world/world.ts'
import type { Variant } from './variant.ts'

/** The default world with each id of this kind written otherwise, wherever it stands. */
function respelt(kinds: string, spell: (digits: string) => string): { readonly world: World } {
  const id = new RegExp(`(?<=")(${kinds})_([0-9a-f]{16,32})(?=")`, 'g')
  const text = writeJson(defaultWorld())
  const json: unknown = parseJson(
    text.replace(id, (_all, kind: string, digits: string) => `${kind}_${spell(digits)}`),
  )
  return { world: parseWorld(json) }
}

/** The default world with thread ids `sthr_1`, `sthr_2`, and so on. */
function countedThreads(): { readonly world: World } {
  const ids = defaultWorld().sessions.flatMap(({ threads }) => threads.map(({ id }) => id))
  const text = ids.reduce(
    (json, id, at) => json.replaceAll(`"${id}"`, `"sthr_${at + 1}"`),
    writeJson(defaultWorld()),
  )
  return { world: parseWorld(parseJson(text)) }
}

/** Refuses ids of the path that are not of one form. */
function strict(form: RegExp): Override {
  return (base) => ({
    resolve(call) {
      const ids = [call.rawIds.session, call.rawIds.thread].map(
        (id) => call.behaviour.decodeSegment(id) ?? '',
      )
      return ids.every((id) => form.test(id))
        ? base.resolve(call)
        : invalid('An id of the path is malformed.')
    },
  })
}

const unchanged: Override = () => ({})

export const idVariants: readonly Variant[] = [
  {
    name: 'ids-of-both-letter-cases',
    sentence: 'Session and thread ids have letters of both cases, and case matters.',
    server: respelt('sess|sthr', (digits) =>
      [...digits].map((char, at) => (at % 2 === 0 ? char.toUpperCase() : char)).join(''),
    ),
    override: unchanged,
  },
  {
    name: 'ids-that-count',
    sentence: 'Thread ids count from 1, so that adjacent ids belong to other threads.',
    server: countedThreads(),
    override: unchanged,
  },
  {
    name: 'decimal-ids-alone-accepted',
    sentence: 'Session and thread ids are decimal numbers, and any other form returns 400.',
    server: respelt('sess|sthr', (digits) => digits.replace(/[a-f]/g, (letter) => `${letter.charCodeAt(0)}`)),
    override: strict(/^(?:sess|sthr)_\d+$/),
  },
  {
    name: 'time-ordered-uuids-alone-accepted',
    sentence: 'Session and thread ids are UUIDs of version 7, and any other form returns 400.',
    server: respelt('sess|sthr', (digits) =>
      digits.padEnd(32, '0').replace(/^(.{12}).(.{3}).(.{15})$/, '$17$29$3'),
    ),
    override: strict(/^(?:sess|sthr)_[0-9a-f]{12}7[0-9a-f]{3}9[0-9a-f]{15}$/),
  },
  {
    name: 'event-ids-with-blanks',
    sentence: 'Event ids contain spaces.',
    server: respelt('evt', (digits) => `${digits.slice(0, 8)} of ${digits}`),
    override: unchanged,
  },
  {
    name: 'event-ids-beyond-ascii',
    sentence: 'Event ids contain non-ASCII characters, which Last-Event-ID cannot carry unencoded.',
    server: respelt('evt', (digits) => `${digits}-é世界`),
    undecided: ['SSE-05'],
    override: unchanged,
  },
]
