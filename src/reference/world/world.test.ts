import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { packageFile } from '../../contract/package-root.ts'
import { instantKey } from '../store/instant-key.ts'
import { defaultWorld } from './default-world.ts'
import { parseWorld } from './parse-world.ts'
import type { ThreadEvent, World } from './world.ts'
import { namedWorld, worldNames } from './worlds.ts'

const schema = (name: string) => JSON.parse(readFileSync(packageFile(`schemas/${name}.schema.json`), 'utf8'))
const ajv = new Ajv2020({ allowUnionTypes: true })
ajv.addFormat(
  'date-time',
  (text: string) => !Number.isNaN(Date.parse(text)) && /(Z|[+-]\d\d:\d\d)$/.test(text),
)
ajv.addSchema(schema('event'))
const isWorld = ajv.compile(schema('world'))
const meetsShould = ajv.compile({ $ref: 'urn:thread-events-conformance:schema:event#/$defs/EVT-07' })

const key = (text: string) => instantKey(text) ?? ''
const events = (session: number, thread: number): readonly ThreadEvent[] =>
  defaultWorld().sessions[session]?.threads[thread]?.events ?? []
const main = events(0, 0)
const sibling = events(0, 1)

function threadsOf(world: World | undefined) {
  return (world?.sessions ?? []).flatMap((session) => session.threads)
}

describe.each(worldNames)('the world %s', (name) => {
  test('is a valid world with events that meet the recommendations too', () => {
    const world = namedWorld(name)
    expect(isWorld(world)).toBe(true)
    expect(parseWorld(world)).toBe(world)
    for (const event of threadsOf(world).flatMap((thread) => thread.events)) {
      expect(meetsShould(event)).toBe(true)
      if (typeof event.processed_at === 'string')
        expect(key(event.processed_at) >= key(event.created_at)).toBe(true)
    }
  })

  test('lists its threads chronologically', () => {
    for (const { events } of threadsOf(namedWorld(name))) {
      const keys = events.map(({ created_at }) => key(created_at))
      expect(keys).toEqual(keys.toSorted())
    }
  })

  test('is the same each time', () => {
    expect(namedWorld(name)).toEqual(namedWorld(name))
  })
})

describe('the default world', () => {
  test('has threads of the sizes that matter', () => {
    expect(defaultWorld().sessions.map(({ threads }) => threads.map(({ events }) => events.length))).toEqual([
      [230, 150, 0, 20],
      [90, 20],
      [20],
    ])
  })

  test('has runs of equal instants over the ends of pages of 20 and 100', () => {
    for (const edge of [20, 100]) {
      const around = main.slice(edge - 2, edge + 2).map(({ created_at }) => key(created_at))
      expect(new Set(around).size).toBe(1)
    }
  })

  test('has events a nanosecond apart, and the two threads interleave', () => {
    const keys = main.map(({ created_at }) => key(created_at))
    const digits = main.filter(({ created_at }) => /\.\d{9}/.test(created_at))
    expect(digits.length).toBeGreaterThan(20)
    const shared = sibling.filter(({ created_at }) => keys.includes(key(created_at)))
    expect(shared.length).toBeGreaterThan(20)
    expect(sibling.some(({ created_at }) => !keys.includes(key(created_at)))).toBe(true)
  })

  test('is misordered by text, by milliseconds and by id', () => {
    const given = main.map(({ id }) => id)
    const by = (rank: (event: ThreadEvent) => string) =>
      main.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)).map(({ id }) => id)
    expect(by(({ created_at }) => created_at)).not.toEqual(given)
    expect(by(({ id }) => id)).not.toEqual(given)
    const reversedTies = main
      .toReversed()
      .toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at))
    expect(reversedTies.map(({ id }) => id)).not.toEqual(given)
  })

  test('spells instants in every form of UTC', () => {
    for (const form of [/Z$/, /\+00:00$/, /:\d\d[Z+-]/, /\.\d{3}[Z+-]/, /\.\d{6}[Z+-]/, /\.\d{9}[Z+-]/])
      expect(main.some(({ created_at }) => form.test(created_at))).toBe(true)
  })

  test('has ids of two lengths of which one begins others, in the thread and beside it', () => {
    const begun = (id: string, all: readonly ThreadEvent[]) =>
      all.some((other) => other.id !== id && other.id.startsWith(id))
    expect(new Set(main.map(({ id }) => id.length))).toEqual(new Set([20, 36]))
    expect(main.some(({ id }) => begun(id, main) && begun(id, sibling))).toBe(true)
  })

  test('has types that are rare, common, prefixes, in another case, and only in the sibling', () => {
    const count = (type: string, all = main) => all.filter((event) => event.type === type).length
    expect(count('agent.message')).toBeGreaterThan(40)
    expect(count('agent.message.delta')).toBeGreaterThan(40)
    expect(count('Agent.Message')).toBeGreaterThan(0)
    expect(count('session.compacted')).toBe(1)
    expect([count('agent.handoff'), count('agent.handoff', sibling) > 0]).toEqual([0, true])
  })

  test('has the texts that break careless servers', () => {
    const text = JSON.stringify(main)
    for (const piece of [
      '\\r\\n',
      '\u2028',
      '请调研',
      '👩',
      'e\u0301',
      '\\"no\\"',
      '\\nevent: ',
      '{\\"data\\"',
    ])
      expect(text).toContain(piece)
    const lengths = main.map(({ content }) => (typeof content === 'string' ? content.length : 0))
    expect(Math.max(...lengths)).toBeGreaterThan(15_000)
    expect(main.some(({ content }) => Array.isArray(content))).toBe(true)
    expect(main.some(({ processed_at }) => processed_at === null)).toBe(true)
  })
})
