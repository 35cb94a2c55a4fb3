import type { ThreadRequestContext } from '../../request-context.ts'

export const fresh = (call: ThreadRequestContext) => call.query.lastEventId === undefined
