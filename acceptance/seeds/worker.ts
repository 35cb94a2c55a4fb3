import { z } from 'zod'
import { faults } from '../../src/reference/faults/index.ts'
import { variants } from '../../src/reference/variants/index.ts'
import { runAgainst } from '../run-against.ts'
import { serveJobs } from '../worker-pool.ts'

/** One server over a range of seeds, judged by these areas only. */
export const seedJob = z.object({
  kind: z.enum(['fault', 'variant', 'reference']),
  name: z.string(),
  /** The first seed; the others follow. */
  from: z.number(),
  seeds: z.number(),
  only: z.array(z.string()),
})
export type SeedJob = z.infer<typeof seedJob>

/** Two runs at a time: each waits for its own server most of the time. */
const abreast = 2

function serverOf({ kind, name }: SeedJob): Parameters<typeof runAgainst>[0] {
  if (kind === 'reference') return {}
  const fault = kind === 'fault' ? faults.find((one) => one.name === name) : undefined
  if (fault !== undefined) return { behaviour: fault.override }
  const variant = variants.find((one) => one.name === name)
  if (variant === undefined) throw new Error(`There is no ${kind} ${name}.`)
  return { ...variant.server, behaviour: variant.override }
}

/** In how many of its seeds the server failed. */
async function failures(job: SeedJob): Promise<number> {
  const server = serverOf(job)
  const rest = Array.from({ length: job.seeds }, (_, at) => at + job.from).values()
  let failed = 0
  await Promise.all(
    Array.from({ length: abreast }, async () => {
      for (const seed of rest) {
        const { outcomes } = await runAgainst(server, { only: job.only, seed })
        if (outcomes.some(({ verdict }) => verdict === 'fail' || verdict === 'broken')) failed += 1
      }
    }),
  )
  return failed
}

serveJobs(seedJob, failures)
