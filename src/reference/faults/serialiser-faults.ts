import { isJsonObject, type JsonValue } from '../../contract/json.ts'
import { everyPart, everyText, shown } from './alter-events.ts'
import type { Fault } from './fault.ts'

/** Leaves fields out, at any depth, whose values are of this kind. */
function without(leftOut: (value: JsonValue) => boolean) {
  const rest = (value: JsonValue): JsonValue => {
    const parts = everyPart(value, rest)
    return isJsonObject(parts)
      ? Object.fromEntries(Object.entries(parts).filter(([, part]) => !leftOut(part)))
      : parts
  }
  return shown(rest)
}

function everyTextAs(change: (text: string) => string) {
  return shown((event) => everyText(event, change))
}

const intact = ['EVT-08', 'EVT-06', 'SSE-02'] as const

/**
 * What a serialiser or a store does to every event alike, wherever it is shown: who does not know the original cannot
 * tell, so that nothing shows before the suite has put an event there itself.
 */
export const serialiserFaults: readonly Fault[] = [
  {
    name: 'false-left-out',
    sentence: 'Fields that are false are left out.',
    violates: intact,
    seen: 'Go’s omitempty.',
    generatedOnly: true,
    alter: without((value) => value === false),
  },
  {
    name: 'nulls-left-out',
    sentence: 'Fields that are null are left out.',
    violates: intact,
    seen: 'Serialisers that take null for absent.',
    generatedOnly: true,
    alter: without((value) => value === null),
  },
  {
    name: 'zeros-left-out',
    sentence: 'Fields that are 0 are left out.',
    violates: intact,
    seen: 'Protocol Buffers without presence.',
    generatedOnly: true,
    alter: without((value) => value === 0),
  },
  {
    name: 'texts-trimmed',
    sentence: 'Texts lose the white space at their ends.',
    violates: intact,
    seen: 'Input that is cleaned before it is stored.',
    generatedOnly: true,
    alter: everyTextAs((text) => text.trim()),
  },
  {
    name: 'texts-normalised',
    sentence: 'Texts are normalised to NFC.',
    violates: intact,
    generatedOnly: true,
    alter: everyTextAs((text) => text.normalize('NFC')),
  },
  {
    name: 'line-breaks-unified',
    sentence: 'Every line break of a text is made one line feed.',
    violates: intact,
    seen: 'Stores that keep lines.',
    generatedOnly: true,
    alter: everyTextAs((text) => text.replaceAll(/\r\n?/g, '\n')),
  },
]
