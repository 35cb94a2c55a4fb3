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

/** Runs node with these arguments in an empty folder and without an environment. Rejects when it fails. */
export function runNode(
  args: readonly string[],
  folder = mkdtempSync(join(tmpdir(), 'bench-')),
): Promise<Ended> {
  const began = performance.now()
  const child = spawn(process.execPath, args, { cwd: folder, env: {}, stdio: ['ignore', 'pipe', 'inherit'] })
  let stdout = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve({ stdout, wallMs: performance.now() - began, folder })
      else reject(new Error(`node ${args.join(' ')} ended with ${code}.`))
    })
  })
}

/** Starts the server of a long thread in a process of its own. */
export function lightServer(events: number): Promise<{ readonly baseUrl: string; stop(): void }> {
  const args = ['--max-old-space-size=8000', packageFile('dist/bench/light-server.js'), String(events)]
  const child = spawn(process.execPath, args, { env: {}, stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`The light server ended with ${code}.`)))
    child.stdout.once('data', (chunk: Buffer) =>
      resolve({ baseUrl: `http://127.0.0.1:${chunk.toString().trim()}/v1`, stop: () => void child.kill() }),
    )
  })
}
