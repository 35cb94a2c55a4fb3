import { Agent, request } from 'undici'
import { z } from 'zod'
import { eventsPath } from '../src/contract/events-path.ts'
import { lightServer } from './child.ts'
import { count, type Figure, ms, times } from './figure.ts'
import { place } from './long-thread.ts'
import { sideBySide } from './measure.ts'
import { createReader } from './reader.ts'

const events = 100_000
const rounds = 5
const bound = 1.5

/** (b) Reading a long thread, against a loop that only parses the JSON. */
export async function readingFigure(): Promise<Figure> {
  const server = await lightServer(events)
  try {
    const measured = await sideBySide(
      rounds,
      () => ours(server.baseUrl),
      () => bare(server.baseUrl),
    )
    return {
      title: `(b) Reading a thread of ${count(events)} events`,
      how: `The suite's reading, from both ends with every page recorded and searched for secrets, against two loops of undici that ask for the same pages and only parse them. Median of ${rounds} rounds.`,
      rows: [
        { what: 'the suite', value: ms(measured.ours) },
        { what: 'bare undici and JSON.parse', value: ms(measured.bare) },
      ],
      targets: [
        {
          what: 'reading against the bare loop',
          bound: times(bound),
          value: times(measured.ratio),
          met: measured.ratio <= bound,
        },
      ],
    }
  } finally {
    server.stop()
  }
}

async function ours(baseUrl: string): Promise<void> {
  const { client, reading } = createReader(baseUrl)
  await reading.load()
  await client.close()
  if (reading.events.length !== events) throw new Error('The suite did not read the whole thread.')
}

async function bare(baseUrl: string): Promise<void> {
  await Promise.all([traverse(baseUrl, ''), traverse(baseUrl, '&order=desc')])
}

async function traverse(baseUrl: string, order: string): Promise<void> {
  const dispatcher = new Agent({ connections: 1 })
  let read = 0
  for (let cursor = ''; ; ) {
    const { body } = await request(`${baseUrl}${eventsPath(place)}?limit=100${order}${cursor}`, {
      dispatcher,
    })
    const page: unknown = JSON.parse(await body.text())
    const { data, last_id, has_more } = shape(page)
    read += data
    if (!has_more) break
    cursor = `&after_id=${last_id}`
  }
  await dispatcher.close()
  if (read !== events) throw new Error('The bare loop did not read the whole thread.')
}

const head = z.looseObject({
  data: z.custom<{ length: number }>(Array.isArray),
  last_id: z.string(),
  has_more: z.boolean(),
})

function shape(page: unknown) {
  const { data, last_id, has_more } = head.parse(page)
  return { data: data.length, last_id, has_more }
}
