import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import { property } from '../src/spec-dsl/spec-items.ts'

/** Promises that hold for any thread and any query; the data and the queries are generated. */
export default defineSpec('model', [
  property('content', 'what was loaded is what is listed, field for field', [
    'EVT-01',
    'EVT-02',
    'EVT-03',
    'EVT-04',
    'EVT-05',
    'EVT-06',
    'EVT-07',
    'EVT-08',
  ]),
  property('order', 'any page is in the order that was asked for', ['ORD-01', 'ORD-02', 'ORD-03', 'ORD-04']),
  property('isolation', 'no query shows an event of another thread', [
    'ISO-01',
    'ISO-02',
    'ISO-03',
    'ISO-04',
  ]),
  property('cursors', 'any cursor, direction and page size gives the records of the model', [
    'PAG-01',
    'PAG-02',
    'PAG-03',
    'PAG-04',
    'PAG-05',
    'PAG-07',
    'PAG-11',
  ]),
  property('has-more', 'has_more is exact for any query', ['ENV-05']),
  property('filters', 'any filter, in any spelling, with any cursor, gives the records of the model', [
    'FLT-01',
    'FLT-02',
    'FLT-03',
    'FLT-04',
    'FLT-05',
  ]),
  property('representation', 'any Accept gives the representation that it asks for, well-formed', [
    'ENV-01',
    'ENV-02',
    'ENV-03',
    'ENV-04',
    'NEG-01',
    'NEG-02',
    'NEG-03',
  ]),
  property('replay', 'any stream gives the history that it asks for', [
    'SSE-01',
    'SSE-02',
    'SSE-03',
    'SSE-04',
    'SSE-05',
    'SSE-06',
  ]),
  property('hostile', 'any request is answered, and refused in the one envelope', [
    'ERR-01',
    'ERR-02',
    'ERR-03',
    'ERR-04',
  ]),
  property('survival', 'no query makes the target fail, and reading changes nothing', [
    'INP-01',
    'INP-03',
    'INP-04',
  ]),
])
