import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

/** What a CI script left behind. */
export interface ScriptDone {
  readonly code: number | null
  readonly output: string
}

/** Runs a step's script as CI runners do: bash, ended by the first command that fails. */
export function runScript(
  script: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<ScriptDone> {
  const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script], {
    cwd: folder,
    env: { PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const pieces: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => pieces.push(piece))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output: Buffer.concat(pieces).toString() }))
  })
}

/** An empty folder. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'conformance-ci-'))
}

/**
 * A folder for PATH with an npm that installs nothing: it notes what it was asked in the file $NPM_LOG, and does what
 * `script` says.
 */
export function fakeNpm(script = ''): string {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'npm'), `#!/usr/bin/env bash\necho "$@" >> "$NPM_LOG"\n${script}\n`)
  chmodSync(join(folder, 'npm'), 0o755)
  return folder
}
