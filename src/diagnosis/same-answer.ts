import { canonicalJson, type JsonValue } from '../contract/json.ts'
import type { RecordedAnswer, RecordedBody } from '../record/recorded-answer.ts'
import type { ObservedRequest } from './observed-run.ts'

/** Failures that look alike from outside: no whole answer came. */
function failed({ failure }: RecordedAnswer): boolean {
  return failure !== null
}

/** Whether the answer of a rehearsal is what the target gave. */
export function sameAnswer(
  { answer: seen, exchange }: Pick<ObservedRequest, 'answer' | 'exchange'>,
  told: RecordedAnswer,
): boolean {
  if (failed(seen) || failed(told)) return failed(seen) === failed(told)
  return (
    seen.status === told.status &&
    seen.mediaType === told.mediaType &&
    seen.varies === told.varies &&
    seen.challenge === told.challenge &&
    seen.utf8 === told.utf8 &&
    seen.echo === told.echo &&
    sameBody(seen.body, told.body, exchange.stream?.end === 'enough')
  )
}

function sameBody(seen: RecordedBody, told: RecordedBody, partly: boolean): boolean {
  if (seen.kind === 'list')
    return (
      told.kind === 'list' &&
      sameRows(seen.rows, told.rows) &&
      sameValue(seen.first, told.first) &&
      sameValue(seen.last, told.last) &&
      sameValue(seen.more, told.more)
    )
  if (seen.kind === 'error') return told.kind === 'error' && seen.value === told.value
  if (seen.kind === 'json') return told.kind === 'json' && seen.value === told.value
  if (seen.kind === 'text') return told.kind === 'text' && seen.text === told.text
  if (told.kind !== 'stream') return false
  // The suite stops reading when it has what it wanted, so that a stream may have had more to say.
  const { frames } = seen
  if (frames.length > told.frames.length || (!partly && frames.length < told.frames.length)) return false
  return frames.every((frame, at) => {
    const other = told.frames[at]
    return (
      other !== undefined &&
      frame.id === other.id &&
      frame.event === other.event &&
      frame.value === other.value
    )
  })
}

function sameRows(a: readonly number[] | null, b: readonly number[] | null): boolean {
  if (a === null || b === null) return a === b
  return a.length === b.length && a.every((row, at) => row === b[at])
}

function sameValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true
  return a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b)
}
