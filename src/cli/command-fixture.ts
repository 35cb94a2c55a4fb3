import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type JsonValue, parseJson } from '../contract/json.ts'
import { packageFile } from '../contract/package-root.ts'
import { main } from './command-line.ts'

/** What a finished command left behind. */
export interface CommandResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** The folder it ran in. */
  readonly folder: string
  report(): JsonValue | undefined
}

/** Runs the command in this process in an empty folder, without the settings of this process. */
export async function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  signal: AbortSignal = new AbortController().signal,
  folder = emptyFolder(),
): Promise<CommandResult> {
  let stdout = ''
  let stderr = ''
  const code = await main(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env,
    cwd: folder,
    signal,
  })
  return { code, stdout, stderr, folder, report: () => reportIn(folder) }
}

/**
 * Runs the compiled command as a process of its own, for what only a process has: signals, pipes, exit codes.
 * @param onStart is given the process
 */
export function runProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  onStart: (child: ChildProcess) => void = () => undefined,
): Promise<CommandResult> {
  const folder = emptyFolder()
  const child = spawn(process.execPath, [packageFile('dist/src/cli/main.js'), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onStart(child)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr, folder, report: () => reportIn(folder) }))
  })
}

/** A new folder for one run. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'conformance-cli-'))
}

/** The report that a run wrote into the default folder. */
export function reportIn(folder: string): JsonValue | undefined {
  return parseJson(readFileSync(join(folder, 'reports/conformance.json'), 'utf8'))
}

/** Port of a server that is listening. */
export function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address()
  if (address === null || typeof address === 'string')
    throw new Error('The server does not listen on a port.')
  return address.port
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}
