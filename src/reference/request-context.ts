/** The request as the steps and faults see it: the context that each stage completes, and the raw request. */
export type { ConnectionState, RequestContext, ServerState, ThreadRequestContext } from './behaviour.ts'
export { headerLines, type RawRequest } from './http/raw-request.ts'
