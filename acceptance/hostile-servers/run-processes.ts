import { type ChildProcess, fork } from 'node:child_process'
import { packageFile } from '../../src/contract/package-root.ts'
import type { RunPlan } from '../../src/runner/run-plan.ts'
import type { RunReport } from './run-process.ts'

/** The result of one run; `judged` is missing if the process died or did not end in time. */
export interface HostileRun {
  readonly judged: RunReport | undefined
  readonly stderr: string
  readonly wallMs: number
}

/**
 * Processes that do nothing but judge, so that their memory can be measured and a crash does not end the tests.
 * Each judges one target at a time, and is used again for the next: starting costs more than most runs.
 */
export class RunProcesses {
  readonly #idle: ChildProcess[] = []

  /**
   * Runs the suite against one target.
   * @param budgetMs when the process is killed, should it not have ended by then
   * @param env further environment, for a process of its own
   */
  async judge(plan: RunPlan, budgetMs: number, env?: Readonly<Record<string, string>>): Promise<HostileRun> {
    const began = performance.now()
    const child = (env === undefined ? this.#idle.pop() : undefined) ?? start(env ?? {})
    let stderr = ''
    const hear = (chunk: Buffer) => {
      stderr += chunk.toString()
    }
    child.stderr?.on('data', hear)
    const late = setTimeout(() => child.kill('SIGKILL'), budgetMs)
    let died: () => void = () => undefined
    const judged = await new Promise<RunReport | undefined>((resolve) => {
      died = () => resolve(undefined)
      child.once('message', (message: RunReport) => resolve(message))
      child.once('exit', died)
      child.send(plan)
    })
    child.off('exit', died)
    clearTimeout(late)
    child.stderr?.off('data', hear)
    if (env !== undefined) child.disconnect()
    else if (judged !== undefined) this.#idle.push(child)
    return { judged, stderr, wallMs: performance.now() - began }
  }

  /**
   * Lets all processes end by themselves.
   * @returns how many had to be killed, because something was left open in them
   */
  async close(withinMs: number): Promise<number> {
    const ends = this.#idle.map(
      (child) =>
        new Promise<number>((resolve) => {
          const late = setTimeout(() => child.kill('SIGKILL'), withinMs)
          child.once('exit', (_code, signal) => {
            clearTimeout(late)
            resolve(signal === null ? 0 : 1)
          })
          child.disconnect()
        }),
    )
    return (await Promise.all(ends)).reduce((sum, one) => sum + one, 0)
  }
}

function start(env: Readonly<Record<string, string>>): ChildProcess {
  return fork(packageFile('dist/acceptance/hostile-servers/run-process.js'), [], {
    // Fields that are undefined survive, as they do on the way to the thread of an ordinary run.
    serialization: 'advanced',
    execArgv: ['--expose-gc'],
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
}
