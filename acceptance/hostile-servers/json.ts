import type { HostileServer } from './hostile-server.ts'
import { replaceBody } from './list-override.ts'
import { conformantExcept } from './serve.ts'

const depth = 20_000
const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`
const tooDeep = /nested more than \d+ levels deep/

/** The text of a list body, changed. */
function rewritten(change: (text: string) => string) {
  return conformantExcept(replaceBody(({ body }) => change(Buffer.from(body).toString())))
}

/** Targets whose JSON is none, or is one that trips its readers. */
export const json: readonly HostileServer[] = [
  {
    name: 'nested-body',
    what: `Answers lists with ${depth} nested arrays.`,
    serve: () => rewritten(() => nested),
    expects: { findings: ['ENV-02'], saying: tooDeep },
  },
  {
    name: 'nested-event',
    what: `Puts ${depth} nested arrays into every event.`,
    serve: () => rewritten((text) => text.replaceAll('"type":', `"deep":${nested},"type":`)),
    expects: { findings: ['ENV-02'], saying: tooDeep },
  },
  {
    name: 'nested-objects-in-the-stream',
    what: 'Puts 5000 nested objects into every frame.',
    serve: () =>
      conformantExcept((base) => ({
        frame: (call, entry) =>
          base
            .frame(call, entry)
            .replace('data: {', `data: {"deep":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)},`),
      })),
    expects: { findings: ['SSE-02'], saying: tooDeep },
  },
  {
    name: 'duplicate-keys',
    what: 'Sends two id fields in every event, the second of them wrong.',
    serve: () => rewritten((text) => text.replaceAll('"type":', '"id":"other","type":')),
    expects: { findings: ['EVT-02'] },
  },
  {
    name: 'proto-keys',
    what: 'Hides data and ids under `__proto__` and `constructor`.',
    serve: () =>
      rewritten((text) => `{"__proto__":${text},"constructor":{"prototype":${text}},"toString":1}`),
    expects: { findings: ['ENV-01'] },
  },
  {
    name: 'proto-keys-in-events',
    what: 'Puts `__proto__` with a wrong id into every event, which has no id of its own.',
    serve: () =>
      rewritten((text) =>
        text.replaceAll(/"id":"(evt_[^"]+)"/g, '"__proto__":{"id":"$1","hasOwnProperty":1}'),
      ),
    expects: { findings: ['EVT-01'] },
  },
  {
    name: 'numbers-for-ids',
    what: 'Sends numbers beyond 2^53 and beyond the range of doubles as ids and flags.',
    serve: () =>
      rewritten((text) =>
        text
          .replaceAll(/"id":"evt_[^"]+"/g, '"id":90071992547409930001,"n":1e999')
          .replace(/"has_more":(true|false)/, '"has_more":-1e400'),
      ),
    expects: { findings: ['EVT-01'] },
  },
  {
    name: 'not-a-number',
    what: 'Sends NaN and Infinity, which are not valid JSON.',
    serve: () => rewritten((text) => text.replace('{', '{"took":NaN,"left":Infinity,')),
    expects: { findings: ['ENV-02'], saying: /not JSON/ },
  },
  {
    name: 'lone-surrogates',
    what: 'Puts lone surrogates into every id.',
    serve: () => rewritten((text) => text.replaceAll('"evt_', '"\\ud800evt_\\udc00')),
    expects: { findings: ['EVT-02'] },
  },
  {
    name: 'a-list-of-nulls',
    what: 'Fills pages with null, numbers and strings instead of events.',
    serve: () =>
      rewritten(() => '{"data":[null,1,"x",[],true],"first_id":null,"last_id":{},"has_more":"yes"}'),
    expects: { findings: ['EVT-01'] },
  },
]
