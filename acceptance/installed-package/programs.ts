import { type ChildProcess, spawn } from 'node:child_process'
import { lstatSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a finished program left behind. */
export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export type Environment = Readonly<Record<string, string | undefined>>

/** The environment of a user's shell: nothing of this test run or of this suite's settings. */
export function shellOf(environment: Environment): Environment {
  const own =
    /^(CONFORMANCE_|QODER_PAT$|VITEST|TEST$|NODE_ENV$|NODE_OPTIONS$|FORCE_COLOR$|DEV$|PROD$|MODE$|npm_(?!config_registry$))/
  const shell = Object.entries(environment).filter(([name]) => !own.test(name))
  return { ...Object.fromEntries(shell), NO_COLOR: '1' }
}

/** Runs a program to its end. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Environment },
): Promise<Ran> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const heard = hear(child)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...heard }))
  })
}

/** Starts a program that goes on, in a process group of its own; resolves once it has said a whole line that fits. */
export function start(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Environment },
  ready: RegExp,
): Promise<{ readonly said: string; stop(): void }> {
  const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const heard = hear(child)
  const stop = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid)
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => reject(new Error(`${program} ended with ${code}: ${heard.stderr}`)))
    child.stdout?.on('data', () => {
      if (ready.test(heard.stdout)) resolve({ said: heard.stdout, stop })
    })
  })
}

function hear(child: ChildProcess): { stdout: string; stderr: string } {
  const heard = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk: Buffer) => {
    heard.stdout += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    heard.stderr += chunk.toString()
  })
  return heard
}

/** Every file under a folder with its size and time of change: equal only when nothing was written. */
export function listing(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name))
      return `${name} ${size} ${mtimeMs}`
    })
    .toSorted()
}

/** The bytes that a folder takes on disk, in whole blocks. */
export function diskUsage(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => lstatSync(join(folder, name)).blocks * 512)
    .reduce((sum, bytes) => sum + bytes, 0)
}
