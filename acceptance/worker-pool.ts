import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { packageFile } from '../src/contract/package-root.ts'

interface Pending<Answer> {
  readonly job: object
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

interface Worker<Answer> {
  readonly child: ChildProcess
  readonly pending: Map<number, Pending<Answer>>
}

const reply = z.union([
  z.object({ id: z.number(), answer: z.unknown() }),
  z.object({ id: z.number(), error: z.string() }),
])
const request = z.object({ id: z.number(), job: z.unknown() })

/** How a pool runs its jobs. */
export interface PoolOptions<Answer> {
  /** The compiled module that calls {@link serveJobs}, below `dist/acceptance`. */
  readonly script: string
  readonly answer: z.ZodType<Answer>
}

/**
 * Runs jobs in child processes: one process per processor, one job at a time in each. Runs that share a process wait for
 * each other's work, and miss deadlines.
 */
export class WorkerPool<Job extends object, Answer> {
  readonly #options: PoolOptions<Answer>
  readonly #workers: Worker<Answer>[] = []
  readonly #queue: Pending<Answer>[] = []
  #lastId = 0

  constructor(options: PoolOptions<Answer>) {
    this.#options = options
  }

  /** Resolves with the answer to one job; rejects when the job throws or its process dies. */
  run(job: Job): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, resolve, reject })
      this.#dispatch()
    })
  }

  /** Ends the processes. Jobs in progress are rejected. */
  close(): void {
    for (const { child } of this.#workers) child.kill()
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle()
      const next = worker === undefined ? undefined : this.#queue.shift()
      if (worker === undefined || next === undefined) return
      this.#lastId += 1
      worker.pending.set(this.#lastId, next)
      worker.child.send({ id: this.#lastId, job: next.job })
    }
  }

  #idle(): Worker<Answer> | undefined {
    if (this.#workers.length < availableParallelism()) return this.#start()
    return this.#workers.find(({ pending }) => pending.size === 0)
  }

  #start(): Worker<Answer> {
    const child = fork(packageFile(`dist/acceptance/${this.#options.script}`), {
      // A smaller heap is collected sooner; a run needs far less.
      execArgv: ['--max-old-space-size=1000', '--max-semi-space-size=16'],
    })
    const worker = { child, pending: new Map<number, Pending<Answer>>() }
    this.#workers.push(worker)
    child.on('message', (message) => this.#settle(worker, message))
    child.on('exit', (code, signal) => {
      this.#workers.splice(this.#workers.indexOf(worker), 1)
      for (const { job, reject } of worker.pending.values())
        reject(new Error(`The worker process ended with ${code ?? signal} during ${JSON.stringify(job)}.`))
      this.#dispatch()
    })
    return worker
  }

  #settle(worker: Worker<Answer>, message: unknown): void {
    const parsed = reply.parse(message)
    const pending = worker.pending.get(parsed.id)
    worker.pending.delete(parsed.id)
    if ('error' in parsed) pending?.reject(new Error(parsed.error))
    else {
      const answer = this.#options.answer.safeParse(parsed.answer)
      if (answer.success) pending?.resolve(answer.data)
      else pending?.reject(answer.error)
    }
    this.#dispatch()
  }
}

/** Serves the jobs of a {@link WorkerPool}, in a child process. */
export function serveJobs<Job>(jobs: z.ZodType<Job>, work: (job: Job) => Promise<unknown>): void {
  process.on('message', async (message) => {
    const { id, job } = request.parse(message)
    try {
      process.send?.({ id, answer: await work(jobs.parse(job)) })
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
}
