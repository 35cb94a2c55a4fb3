import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import { property } from '../src/spec-dsl/spec-items.ts'

/** Properties that hold for every thread and query; the data and the queries are generated. */
export default defineSpec('model', [
  property('content', 'listed events equal the loaded events in every field', [
    'EVT-01',
    'EVT-02',
    'EVT-03',
    'EVT-04',
    'EVT-05',
    'EVT-06',
    'EVT-07',
    'EVT-08',
  ]),
  property('order', 'every page is in the requested order', ['ORD-01', 'ORD-02', 'ORD-03', 'ORD-04']),
  property('isolation', 'no query returns an event of another thread', [
    'ISO-01',
    'ISO-02',
    'ISO-03',
    'ISO-04',
  ]),
  property('cursors', 'every cursor, direction and page size returns the expected events', [
    'PAG-01',
    'PAG-02',
    'PAG-03',
    'PAG-04',
    'PAG-05',
    'PAG-07',
    'PAG-11',
  ]),
  property('has-more', 'has_more is right for every query', ['ENV-05']),
  property('filters', 'every filter, in any spelling and with any cursor, returns the expected events', [
    'FLT-01',
    'FLT-02',
    'FLT-03',
    'FLT-04',
    'FLT-05',
  ]),
  property('representation', 'every Accept header returns the right representation, well-formed', [
    'ENV-01',
    'ENV-02',
    'ENV-03',
    'ENV-04',
    'NEG-01',
    'NEG-02',
    'NEG-03',
  ]),
  property('replay', 'every stream sends the requested history', [
    'SSE-01',
    'SSE-02',
    'SSE-03',
    'SSE-04',
    'SSE-05',
    'SSE-06',
  ]),
  property('hostile', 'every refusal has the error envelope', ['ERR-01', 'ERR-02', 'ERR-03', 'ERR-04']),
  property('survival', 'no query makes the target fail, and reading does not change the data', [
    'INP-01',
    'INP-03',
    'INP-04',
  ]),
])
