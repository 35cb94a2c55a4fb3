/** The error types of the Errors page, and the one that rate limiting has. */
export type DenialType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'permission_error'
  | 'rate_limit_error'
  | 'not_found_error'
  | 'conflict_error'
  | 'api_error'

/** A refusal as data, before it becomes a reply. */
export interface Denial {
  readonly denied: true
  readonly status: number
  readonly type: DenialType
  readonly message: string
  readonly param?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Tells a step's refusal from its result. */
export function isDenial(value: unknown): value is Denial {
  return typeof value === 'object' && value !== null && 'denied' in value && value.denied === true
}

/** 400. The message must not repeat what the caller sent. */
export function invalid(message: string, param?: string): Denial {
  const denial = { denied: true, status: 400, type: 'invalid_request_error', message } as const
  return param === undefined ? denial : { ...denial, param }
}

export function unauthenticated(message: string): Denial {
  const headers = { 'www-authenticate': 'Bearer realm="thread events"' }
  return { denied: true, status: 401, type: 'authentication_error', message, headers }
}

export function notFound(message: string): Denial {
  return { denied: true, status: 404, type: 'not_found_error', message }
}

/** 405; the Errors page has no type of its own for it. */
export function methodNotAllowed(allow: string): Denial {
  const message = 'This route does not offer that method.'
  return { denied: true, status: 405, type: 'invalid_request_error', message, headers: { allow } }
}

export function internalError(): Denial {
  return { denied: true, status: 500, type: 'api_error', message: 'Something went wrong on the server.' }
}
