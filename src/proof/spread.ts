import { fork } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import type { z } from 'zod'

/**
 * Has jobs done by child processes, one for each processor.
 * @param script the module that calls {@link serveJobs}
 * @param told of each answer as it comes
 * @returns the answers, in the order of the jobs
 */
export async function spread<Job extends object, Answer>(
  jobs: readonly Job[],
  script: URL,
  answers: z.ZodType<Answer>,
  told: (job: Job, answer: Answer) => void,
): Promise<Answer[]> {
  const done = new Map<Job, Answer>()
  const waiting = jobs.values()
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      const child = fork(script)
      const died = once(child, 'exit')
      for (const job of waiting) {
        const heard = once(child, 'message')
        child.send(job)
        const [message]: unknown[] = await Promise.race([heard, died.then(() => [])])
        if (message === undefined) throw new Error(`The process died over ${JSON.stringify(job)}.`)
        const answer = answers.parse(message)
        done.set(job, answer)
        told(job, answer)
      }
      child.kill()
    }),
  )
  return jobs.flatMap((job) => done.get(job) ?? [])
}

/** Does the jobs that {@link spread} hands out, in a child process. */
export function serveJobs<Job>(jobs: z.ZodType<Job>, work: (job: Job) => Promise<unknown>): void {
  process.on('message', (message) => {
    void work(jobs.parse(message)).then((answer) => process.send?.(answer))
  })
}
