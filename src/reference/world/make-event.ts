import { ExactNumber } from '../../contract/exact-number.ts'
import type { JsonObject, JsonValue } from '../../contract/json.ts'
import type { Random } from './random.ts'
import { longText, sampleTexts } from './sample-texts.ts'
import { formatInstant } from './timeline.ts'
import type { ThreadEvent } from './world.ts'

/** What is fixed about an event before the rest is drawn. */
export interface EventSketch {
  readonly id: string
  readonly type: string
  readonly sessionId: string
  readonly threadId: string
  /** A thread of the same session that messages come from or go to. */
  readonly partnerId: string
  /** Nanoseconds since 1970. */
  readonly instant: bigint
  /** Place in its thread, from 0. */
  readonly at: number
}

/** Numbers that no double holds: a server must pass them on with all of their digits. */
const beyondDoubles = new ExactNumber('9007199254740993')
const beyond64Bits = new ExactNumber('18446744073709551617')
const longFraction = new ExactNumber('0.12345678901234567891')

/** Place of the one event whose text is about 20 kB. */
const longAt = 33

/** An event with all fields that its type has; unknown types get fields of their own. */
export function makeEvent(random: Random, sketch: EventSketch): ThreadEvent {
  const processed = sketch.instant + (random.oneIn(3) ? 0n : BigInt(random.below(2_000)) * 1_000_003n)
  return {
    id: sketch.id,
    type: sketch.type,
    schema_version: '1.0',
    session_id: sketch.sessionId,
    session_thread_id: sketch.threadId,
    turn_id: `turn_${String(1 + Math.floor(sketch.at / 7)).padStart(32, '0')}`,
    ...fieldsOf(random, sketch),
    created_at: formatInstant(random, sketch.instant),
    processed_at: random.oneIn(8) ? null : formatInstant(random, processed),
  }
}

function fieldsOf(random: Random, sketch: EventSketch): JsonObject {
  const { type, threadId, partnerId } = sketch
  switch (type) {
    case 'agent.thread_message_sent': {
      const inward = random.oneIn(2)
      return {
        direction: inward ? 'coordinator_to_child' : 'child_to_coordinator',
        content: content(random, sketch.at),
        from_session_thread_id: inward ? partnerId : threadId,
        to_session_thread_id: inward ? threadId : partnerId,
      }
    }
    case 'session.thread_status_running':
      return { agent_name: 'Research Agent', status: 'running' }
    case 'session.thread_status_idle':
      return { status: 'idle', stop_reason: { type: 'end_turn', detail: null } }
    case 'agent.tool_use':
      return {
        name: random.pick(['search', 'read_file', 'run']),
        input: {
          query: random.pick(sampleTexts),
          options: { deep: { limits: [1, 2.5, -3e-7], exact: true, none: null } },
        },
      }
    case 'agent.tool_result':
      return {
        is_error: random.oneIn(5),
        content: blocks(random),
        usage: { tokens: random.below(9_000), trace: beyondDoubles, span: beyond64Bits, share: longFraction },
      }
    default:
      return { content: content(random, sketch.at) }
  }
}

function content(random: Random, at: number): JsonValue {
  if (at === longAt) return longText
  return random.oneIn(3) ? blocks(random) : random.pick(sampleTexts)
}

function blocks(random: Random): JsonValue {
  return Array.from({ length: 1 + random.below(3) }, () => ({ type: 'text', text: random.pick(sampleTexts) }))
}
