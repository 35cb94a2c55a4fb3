import { z } from 'zod'
import { faults } from '../reference/faults/index.ts'
import { variants } from '../reference/variants/index.ts'
import { serveJobs } from './spread.ts'
import { tryServer } from './try-server.ts'

/** What a child process is asked: to try one server over the seeds from 1 on, judged by these areas alone. */
const seedJob = z.object({
  kind: z.enum(['fault', 'variant', 'reference']),
  name: z.string(),
  seeds: z.number(),
  only: z.array(z.string()),
})
export type SeedJob = z.infer<typeof seedJob>

/** Two runs at a time: each waits for its own server most of the time. */
const abreast = 2

function serverOf({ kind, name }: SeedJob): Parameters<typeof tryServer>[0] {
  if (kind === 'reference') return {}
  const fault = kind === 'fault' ? faults.find((one) => one.name === name) : undefined
  if (fault !== undefined) return { behaviour: fault.alter }
  const variant = variants.find((one) => one.name === name)
  if (variant === undefined) throw new Error(`There is no ${kind} ${name}.`)
  return { ...variant.server, behaviour: variant.alter }
}

/** In how many of its seeds the server failed. */
async function failures(job: SeedJob): Promise<number> {
  const server = serverOf(job)
  const rest = Array.from({ length: job.seeds }, (_, at) => at + 1).values()
  let failed = 0
  await Promise.all(
    Array.from({ length: abreast }, async () => {
      for (const seed of rest) {
        const { outcomes } = await tryServer(server, { only: job.only, seed })
        if (outcomes.some(({ verdict }) => verdict === 'fail' || verdict === 'broken')) failed += 1
      }
    }),
  )
  return failed
}

serveJobs(seedJob, failures)
