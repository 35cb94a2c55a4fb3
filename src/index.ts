/**
 * The suite as a library: judge a server from a test of your own, or give a client a reference server, broken in
 * one known way if wanted.
 */
export { ConfigError } from './config/load.ts'
export type { ConformanceOptions, ProxyOptions } from './library/conformance-options.ts'
export {
  createReferenceServer,
  faultNames,
  type ReferenceServer,
  type ReferenceServerOptions,
  type ThreadEvent,
  variantNames,
  type World,
  type WorldName,
  type WorldSession,
  type WorldThread,
} from './library/reference-server.ts'
export { runConformance } from './library/run-conformance.ts'
export type { Report, ReportedExchange, ReportedFinding, ReportedRequirement } from './report/model.ts'
export type { Waiver } from './verdict/waivers.ts'
