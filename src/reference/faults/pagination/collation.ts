import type { Fault } from '../fault.ts'
import { located, withoutSigns } from '../overrides/collation.ts'

const withoutZeros = (id: string) => id.replace(/^(evt_)0+/, '$1')

export const collationFaults: readonly Fault[] = [
  {
    name: 'cursor-case-insensitive',
    sentence: 'A cursor that differs from an earlier id only in letter case finds that event.',
    violates: ['PAG-03', 'PAG-04', 'SSE-05'],
    alsoAffects: ['PAG-05', 'PAG-07', 'PAG-11', 'FLT-05', 'SSE-06'],
    seen: 'A case-insensitive collation on the id column.',
    generatedOnly: true,
    override: located((wanted, id) => wanted.toLowerCase() === id.toLowerCase()),
  },
  {
    name: 'cursor-by-number',
    sentence: 'Leading zeros of an id are ignored when a cursor is looked up.',
    violates: ['PAG-03', 'PAG-04', 'SSE-05'],
    alsoAffects: ['PAG-05', 'PAG-07', 'PAG-11', 'FLT-05', 'SSE-06'],
    seen: 'Ids that are parsed as hexadecimal numbers.',
    generatedOnly: true,
    override: located((wanted, id) => withoutZeros(wanted) === withoutZeros(id)),
  },
  {
    name: 'cursor-without-punctuation',
    sentence: 'Hyphens and underscores are ignored when a cursor is looked up.',
    violates: ['PAG-03', 'PAG-04', 'SSE-05'],
    alsoAffects: ['PAG-05', 'PAG-07', 'PAG-11', 'FLT-05', 'SSE-06'],
    seen: 'Ids that are normalised as UUIDs are.',
    generatedOnly: true,
    override: located((wanted, id) => withoutSigns(wanted) === withoutSigns(id)),
  },
  {
    name: 'cursor-cut-to-36-characters',
    sentence: 'A cursor is compared by its first 36 characters.',
    violates: ['PAG-03', 'PAG-04', 'SSE-05'],
    alsoAffects: ['PAG-05', 'PAG-07', 'PAG-11', 'FLT-05', 'SSE-06'],
    seen: 'VARCHAR(36), which used to be long enough.',
    generatedOnly: true,
    override: located((wanted, id) => wanted.slice(0, 36) === id.slice(0, 36)),
  },
]
