import { isJsonObject, type JsonValue } from '../../../contract/json.ts'
import type { Fault } from '../fault.ts'
import { everyPart, everyText, shown } from '../overrides/events.ts'

/** Leaves fields out, at any depth, whose values are of this kind. */
function leaveOut(leftOut: (value: JsonValue) => boolean) {
  const rest = (value: JsonValue): JsonValue => {
    const parts = everyPart(value, rest)
    return isJsonObject(parts)
      ? Object.fromEntries(Object.entries(parts).filter(([, part]) => !leftOut(part)))
      : parts
  }
  return rest
}

function without(leftOut: (value: JsonValue) => boolean) {
  return shown(leaveOut(leftOut))
}

function everyTextAs(change: (text: string) => string) {
  return shown((event) => everyText(event, change))
}

/**
 * What a serialiser or a store does to every event alike, wherever it is shown: who does not know the original cannot
 * tell, so that nothing shows before the suite has put an event there itself.
 */
export const serialiserFaults: readonly Fault[] = [
  {
    name: 'false-left-out',
    sentence: 'Fields that are false are omitted.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    seen: 'Go’s omitempty.',
    generatedOnly: true,
    override: without((value) => value === false),
  },
  {
    name: 'nulls-left-out',
    sentence: 'Fields that are null are omitted.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    seen: 'Serialisers that treat null as absent.',
    generatedOnly: true,
    override: without((value) => value === null),
  },
  {
    name: 'zeros-left-out',
    sentence: 'Fields that are 0 are omitted.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    seen: 'Protocol Buffers without presence.',
    generatedOnly: true,
    override: without((value) => value === 0),
  },
  {
    name: 'empty-lists-left-out',
    sentence: 'Fields that are an empty list are omitted.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    seen: 'Go’s omitempty; Protocol Buffers’ repeated fields.',
    generatedOnly: true,
    override: without((value) => Array.isArray(value) && value.length === 0),
  },
  {
    name: 'empty-objects-left-out',
    sentence: 'Fields that are an empty object are omitted.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    generatedOnly: true,
    override: without((value) => isJsonObject(value) && Object.keys(value).length === 0),
  },
  {
    name: 'nulls-left-out-of-blocks',
    sentence: 'Fields of content blocks that are null are omitted.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    seen: 'Content blocks with a serialiser of their own.',
    generatedOnly: true,
    override: shown((event) =>
      Array.isArray(event.content)
        ? { ...event, content: event.content.map(leaveOut((value) => value === null)) }
        : event,
    ),
  },
  {
    name: 'texts-trimmed',
    sentence: 'Strings lose leading and trailing white space.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    seen: 'Input that is cleaned before it is stored.',
    generatedOnly: true,
    override: everyTextAs((text) => text.trim()),
  },
  {
    name: 'texts-normalised',
    sentence: 'Strings are normalised to NFC.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    generatedOnly: true,
    override: everyTextAs((text) => text.normalize('NFC')),
  },
  {
    name: 'line-breaks-unified',
    sentence: 'Every line break in a string becomes a line feed.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    seen: 'Stores that split text into lines.',
    generatedOnly: true,
    override: everyTextAs((text) => text.replaceAll(/\r\n?/g, '\n')),
  },
]
