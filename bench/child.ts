import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageFile } from '../src/contract/package-root.ts'

/** What a process of its own printed, and how long it lived, in milliseconds. */
export interface Ended {
  readonly stdout: string
  readonly wallMs: number
  readonly folder: string
}

export interface NodeOptions {
  /** Default: none. */
  readonly environment?: Readonly<Record<string, string>>
  /** The exit codes of success; default 0. */
  readonly expectedCodes?: readonly number[]
}

/** Runs node with these arguments in an empty folder. Rejects when it fails. */
export function runNode(
  args: readonly string[],
  { environment = {}, expectedCodes = [0] }: NodeOptions = {},
): Promise<Ended> {
  const began = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let stdout = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code !== null && expectedCodes.includes(code))
        resolve({ stdout, wallMs: performance.now() - began, folder })
      else reject(new Error(`node ${args.join(' ')} ended with ${code}.`))
    })
  })
}

/** A server in a process of its own, and the line that it printed when it was ready. */
export interface ServerProcess {
  readonly line: string
  stop(): void
}

/** Starts one of the servers of this folder with a thread of so many events. */
export function startServer(name: string, events: number): Promise<ServerProcess> {
  const args = ['--max-old-space-size=8000', packageFile(`dist/bench/${name}.js`), String(events)]
  const child = spawn(process.execPath, args, { env: {}, stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`bench/${name} ended with ${code}.`)))
    child.stdout.once('data', (chunk: Buffer) =>
      resolve({ line: chunk.toString().trim(), stop: () => void child.kill() }),
    )
  })
}

/** Starts a server of a long thread that costs as little as possible. */
export async function lightServer(
  events: number,
): Promise<{ readonly baseUrl: string; readonly stop: () => void }> {
  const { line, stop } = await startServer('light-server', events)
  return { baseUrl: `http://127.0.0.1:${line}/v1`, stop }
}
