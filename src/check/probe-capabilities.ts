import { type Capability, capabilitiesOf } from '../capabilities/capabilities.ts'
import { violationsOf } from '../capabilities/violations.ts'
import type { ListQuery } from '../oracle/query.ts'
import type { Asker } from './asker.ts'
import { typesWorthTrying } from './cursors.ts'
import type { Reading } from './reading.ts'

/**
 * Finds out with a handful of requests which features the target ignores or refuses, so that nothing more is asked with
 * them. The checks ask the same requests, and share the answers.
 */
export async function probeCapabilities(asker: Asker, thread: Reading): Promise<Capability[]> {
  const [first, last] = [thread.events[0], thread.events.at(-1)]
  const [type] = typesWorthTrying(thread.events, 1)
  const plain: ListQuery[] = [{}, { limit: 2 }, { order: 'desc' }]
  const cursors: ListQuery[] =
    first === undefined || last === undefined || thread.events.length < 2
      ? []
      : [{ after: first.id, limit: 7 }, { before: last.id, limit: 7 }, { limit: 7 }]
  const asked = [...plain, ...cursors].map((query) => asker.list(thread, query))
  const limit = Math.min(100, thread.events.filter((event) => event.type === type).length)
  const filters =
    type === undefined
      ? []
      : [
          asker.list(thread, { types: [type], limit }),
          asker.list(thread, { types: [type], limit }, { spelling: 'brackets' }),
          asker.list(thread, { limit }),
        ]
  await Promise.all([...asked, ...filters])
  const history = asker.history()
  return capabilitiesOf(history, violationsOf(history))
}
