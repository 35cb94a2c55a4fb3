import type { JsonObject } from './json.ts'
/** A session as the control protocol takes it. */
export interface ControlSession {
  readonly id: string
  readonly threads: readonly { readonly id: string; readonly events: readonly JsonObject[] }[]
}
