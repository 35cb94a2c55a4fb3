import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json.ts'
import { hasFailed, numbersOf, type SignInput, type Symptom } from './sign.ts'

/** Fewer frames show no rule. */
const fewest = 3

/** Frames whose data holds the event in a field instead of being the event. */
export function streamSigns({ run, values, record }: SignInput): Symptom[] {
  if (!hasFailed(record, 'SSE-02')) return []
  const streams = run.asked.flatMap((asked) => {
    const { body } = asked.answer
    if (body.kind !== 'stream') return []
    const data = body.frames
      .filter(({ event }) => !/^(?:heartbeat|ping|error)$/.test(event ?? ''))
      .flatMap(({ value }) => values[value] ?? [])
    return data.length === 0 ? [] : [{ asked, data }]
  })
  const data = streams.flatMap((stream) => stream.data)
  const [first] = data
  const field = first === undefined ? undefined : wrapperOf(first)
  if (field === undefined || data.length < fewest || data.some((one) => wrapperOf(one) !== field)) return []
  return [
    {
      bug: {
        name: 'data-wrapped',
        sentence: `The data of every frame holds the event in ${field} instead of being the event.`,
        violates: ['SSE-02'],
        override: (base) => ({
          frameData: (call, entry) => {
            const event = base.frameData(call, entry)
            return { ...copied(first, event), [field]: event }
          },
        }),
      },
      exchanges: numbersOf(streams.map(({ asked }) => asked)),
      typicalCause: 'Frames are sent as messages of another protocol, with a type and a payload.',
      suggestedFix: 'Write the event itself as the data of its frame, as in the list.',
    },
  ]
}

/** The one field of an object that holds an event, where the object itself is none. */
function wrapperOf(data: JsonValue): string | undefined {
  if (!isJsonObject(data) || data.created_at !== undefined) return undefined
  const fields = Object.entries(data).filter(([, value]) => isEvent(value))
  return fields.length === 1 ? fields[0]?.[0] : undefined
}

function isEvent(value: JsonValue): boolean {
  return isJsonObject(value) && typeof value.id === 'string' && value.created_at !== undefined
}

// What stands beside the event repeats a field of it, or is the same everywhere.
function copied(first: JsonValue | undefined, event: JsonValue): JsonObject {
  if (!isJsonObject(first) || !isJsonObject(event)) return {}
  return Object.fromEntries(
    Object.entries(first)
      .filter(([, value]) => !isEvent(value))
      .map(([name, value]) => [name, event[name] ?? value]),
  )
}
