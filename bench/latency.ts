import { setTimeout as delay } from 'node:timers/promises'
import { specs } from '../specs/index.ts'
import { configOf } from '../src/config/load.ts'
import type { RunRecord } from '../src/record/run-record.ts'
import type { Override } from '../src/reference/behaviour.ts'
import { startRun } from '../src/runner/conformance-run.ts'
import { runPlanOf } from '../src/runner/run-plan.ts'
import { embeddedTarget } from '../src/targets/embedded-target.ts'
import { count, type Figure, ms, times } from './figure.ts'
import { median } from './measure.ts'

const latencyMs = 100
const rounds = 3
const bound = 1.5

/** Every answer, be it a page, a stream or a refusal, waits at the first stage. */
const slow: Override = (base) => ({
  async authenticate(call) {
    await delay(latencyMs)
    return base.authenticate(call)
  },
})

/** (e) A target that answers after 100 ms: how far a run is from the shortest time that it could take. */
export async function latencyFigure(): Promise<Figure> {
  const records: RunRecord[] = []
  for (let round = 0; round < rounds; round++) records.push(await runWith({}))
  const unbounded = await runWith({ CONFORMANCE_CONCURRENCY: '256' })
  const chain = longestChain(unbounded)
  const chainMs = chain * latencyMs
  const took = median(records.map((record) => record.durationMs))
  const requests = median(records.map((record) => record.exchanges.length))
  const concurrency = configOf({}, noProxy).CONFORMANCE_CONCURRENCY
  const throughputMs = (requests / concurrency) * latencyMs
  const lowest = Math.max(chainMs, throughputMs)
  return {
    title: `(e) A target that answers after ${latencyMs} ms`,
    how: `The embedded server with a pause before every answer. The longest chain is that of requests one after the other when 256 may be under way at once, so that each waits for nothing but the answers it needs. Median of ${rounds} rounds.`,
    rows: [
      { what: 'the run', value: ms(took) },
      { what: 'requests', value: count(requests) },
      { what: 'longest chain of requests', value: `${count(chain)}, so ${ms(chainMs)}` },
      { what: `all requests, ${concurrency} at once`, value: ms(throughputMs) },
      { what: 'the run against the longest chain alone', value: times(took / chainMs) },
      { what: 'the run with 256 at once', value: ms(unbounded.durationMs) },
    ],
    targets: [
      {
        what: `a run with ${latencyMs} ms of latency against its lower bound within ${concurrency} at once`,
        bound: times(bound),
        value: times(took / lowest),
        met: took / lowest <= bound,
      },
      { what: `a run with ${latencyMs} ms of latency`, bound: '12 s', value: ms(took), met: took <= 12_000 },
    ],
  }
}

const noProxy = { http: undefined, https: undefined, no: undefined }

async function runWith(settings: Readonly<Record<string, string>>): Promise<RunRecord> {
  const { target, close } = await embeddedTarget({ behaviour: slow })
  const run = await startRun(runPlanOf(configOf(settings, noProxy), target, 'bench'), specs)
  const record = await run.record
  await close()
  return record
}

/** The most exchanges of which each began after the one before had ended. */
function longestChain({ exchanges }: RunRecord): number {
  let chain = 0
  let until = 0
  // The one that ends first leaves most room for what comes after it.
  for (const { startedAtMs, totalMs } of exchanges.toSorted(
    (a, b) => a.startedAtMs + a.totalMs - (b.startedAtMs + b.totalMs),
  ))
    if (startedAtMs >= until) {
      chain += 1
      until = startedAtMs + totalMs
    }
  return chain
}
