import type { JsonValue } from '../contract/json.ts'

/**
 * One violation with its evidence.
 * `kind` names the shape of the difference, without ids or times, so that two runs can be compared by it.
 * `expected` and `actual` are texts, or lists of event ids where a window is compared.
 * `exchanges` are the numbers of the exchanges that show it.
 */
export interface Finding {
  readonly message: string
  readonly kind: string
  readonly expected: JsonValue
  readonly actual: JsonValue
  readonly exchanges: readonly number[]
}
