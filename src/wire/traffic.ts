import type { Exchange } from './exchange.ts'

/** Sums of a run; latencies are milliseconds to the response head. */
export interface Traffic {
  readonly requests: number
  readonly streams: number
  readonly bytes: number
  readonly retries: number
  readonly rate_limit_waits: number
  readonly failures: number
  /** Responses of a gateway in front of the API, including retried ones, by kind. */
  readonly gateway_answers?: Readonly<Record<string, number>>
  readonly latency_ms: {
    readonly p50: number
    readonly p90: number
    readonly p99: number
    readonly max: number
  } | null
}

/** Sums up exchanges. */
export function trafficOf(
  exchanges: readonly Exchange[],
  retries: number,
  gateway: ReadonlyMap<string, number> = new Map(),
): Traffic {
  const latencies = exchanges.flatMap(({ firstByteMs }) => firstByteMs ?? []).sort((a, b) => a - b)
  const at = (share: number) =>
    Math.round((latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))] ?? 0) * 100) /
    100
  const waits = exchanges.reduce((sum, exchange) => sum + exchange.waits, 0)
  return {
    requests: exchanges.length + waits,
    streams: exchanges.filter((exchange) => exchange.stream !== undefined).length,
    bytes: exchanges.reduce((sum, exchange) => sum + (exchange.response?.bytes ?? 0), 0),
    retries: retries + waits,
    rate_limit_waits: waits,
    failures: exchanges.filter((exchange) => exchange.failure !== undefined).length,
    ...(gateway.size === 0 ? {} : { gateway_answers: Object.fromEntries(gateway) }),
    latency_ms: latencies.length === 0 ? null : { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) },
  }
}
