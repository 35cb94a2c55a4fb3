import { createParser } from 'eventsource-parser'
import { Agent, request } from 'undici'
import { eventsPath } from '../src/contract/events-path.ts'
import { lightServer } from './child.ts'
import { count, type Figure, ms, times } from './figure.ts'
import { idAt, place } from './long-thread.ts'
import { sideBySide } from './measure.ts'
import { createReader } from './reader.ts'

const events = 100_000
const rounds = 5
const bound = 1.2

/** (c) Reading a long stream, against a parser alone. */
export async function streamingFigure(): Promise<Figure> {
  const server = await lightServer(events)
  const bare = () => parseAlone(server.baseUrl)
  try {
    const read = await sideBySide(rounds, () => readStream(server.baseUrl), bare)
    return {
      title: `(c) A stream of ${count(events)} events`,
      how: `The suite's client, with every frame recorded and searched for secrets, against undici and eventsource-parser over the same server. Median of ${rounds} rounds.`,
      rows: [
        { what: 'the suite', value: ms(read.ours) },
        { what: 'bare eventsource-parser', value: ms(read.bare) },
      ],
      targets: [
        {
          what: 'the stream against the bare parser',
          bound: times(bound),
          value: times(read.ratio),
          met: read.ratio <= bound,
        },
      ],
    }
  } finally {
    server.stop()
  }
}

async function readStream(baseUrl: string): Promise<void> {
  const { client } = createReader(baseUrl)
  const last = idAt(events - 1)
  const exchange = await client.ask({
    purpose: 'stream',
    target: eventsPath(place),
    accept: ['text/event-stream'],
    until: (frames) => frames.at(-1)?.id === last,
  })
  await client.close()
  if (exchange.stream?.frames.length !== events) throw new Error('The suite did not read the whole stream.')
}

async function parseAlone(baseUrl: string): Promise<void> {
  const dispatcher = new Agent({ connections: 1 })
  const headers = { accept: 'text/event-stream' }
  const { body } = await request(`${baseUrl}${eventsPath(place)}`, { dispatcher, headers })
  body.on('error', () => undefined)
  const decoder = new TextDecoder()
  let read = 0
  const parser = createParser({
    onEvent: () => {
      read += 1
    },
  })
  for await (const piece of body) {
    if (Buffer.isBuffer(piece)) parser.feed(decoder.decode(piece, { stream: true }))
    if (read === events) break
  }
  await dispatcher.destroy()
  if (read !== events) throw new Error('The bare parser did not read the whole stream.')
}
