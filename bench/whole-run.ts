import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { specs } from '../specs/index.ts'
import { configOf } from '../src/config/load.ts'
import { packageFile } from '../src/contract/package-root.ts'
import type { RunRecord } from '../src/record/run-record.ts'
import { startRun } from '../src/runner/conformance-run.ts'
import { runPlanOf } from '../src/runner/run-plan.ts'
import { embeddedTarget } from '../src/targets/embedded-target.ts'
import { runNode } from './child.ts'
import { count, type Figure, megabytes, ms } from './figure.ts'
import { median } from './measure.ts'

const rounds = 5

const written = z.object({
  started_at: z.string(),
  duration_ms: z.number(),
  traffic: z.object({ requests: z.number(), bytes: z.number() }),
})

/** (a) A whole run of the command against the embedded server, and where its time goes. */
export async function wholeRunFigure(): Promise<Figure> {
  const runs: {
    wall: number
    startUp: number
    checks: number
    rest: number
    requests: number
    bytes: number
  }[] = []
  const shares: number[] = []
  for (let round = 0; round < rounds; round++) {
    const beganAt = Date.now()
    const { wallMs, folder } = await runNode([packageFile('dist/src/cli/main.js')])
    const file = readFileSync(join(folder, 'reports/conformance.json'), 'utf8')
    const { started_at, duration_ms, traffic } = written.parse(JSON.parse(file))
    const startUp = Date.parse(started_at) - beganAt
    runs.push({
      wall: wallMs,
      startUp,
      checks: duration_ms,
      rest: wallMs - startUp - duration_ms,
      ...traffic,
    })
    shares.push(await trafficShare())
  }
  const middle = (key: keyof (typeof runs)[number]) => median(runs.map((run) => run[key]))
  const share = median(shares)
  return {
    title: '(a) A whole run against the embedded server',
    how: `The command as a process of its own. Traffic is the time in which a request was under way, measured in the same run within this process; judging is the rest of the checks. The server works in the same process. Median of ${rounds} rounds.`,
    rows: [
      { what: 'whole process', value: ms(middle('wall')) },
      { what: 'start-up, until the first request', value: ms(middle('startUp')) },
      { what: 'traffic', value: ms(middle('checks') * share) },
      { what: 'judging, with no request under way', value: ms(middle('checks') * (1 - share)) },
      { what: 'reporting and closing', value: ms(middle('rest')) },
      { what: 'requests', value: count(middle('requests')) },
      { what: 'bytes of bodies', value: megabytes(middle('bytes')) },
    ],
    targets: [
      {
        what: 'a default run on the embedded server, as a whole process',
        bound: '3 s',
        value: ms(middle('wall')),
        met: middle('wall') <= 3_000,
      },
      {
        what: 'requests of a default run on the embedded server',
        bound: '500',
        value: count(middle('requests')),
        met: middle('requests') <= 500,
      },
    ],
  }
}

/** Which part of the time of the checks had a request under way. */
async function trafficShare(): Promise<number> {
  const { target, close } = await embeddedTarget()
  const plan = runPlanOf(configOf({}, target.proxy), target, 'bench')
  const run = await startRun(plan, specs)
  const record = await run.record
  await close()
  return Math.min(1, busyMs(record) / record.durationMs)
}

function busyMs({ exchanges }: RunRecord): number {
  let busy = 0
  let until = 0
  for (const { startedAtMs, totalMs } of exchanges.toSorted((a, b) => a.startedAtMs - b.startedAtMs)) {
    const end = startedAtMs + totalMs
    busy += Math.max(0, end - Math.max(until, startedAtMs))
    until = Math.max(until, end)
  }
  return busy
}
