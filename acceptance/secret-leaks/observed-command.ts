import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { packageFile } from '../../src/contract/package-root.ts'

/** Everything that runs of the command left behind or showed while they ran, by where it was found. */
export interface Traces {
  readonly code: number | null
  readonly places: ReadonlyMap<string, Buffer>
}

const lookEveryMs = 50

/**
 * Runs the compiled command, once for each list of arguments, with a folder for its home, its temporary files and its
 * reports.
 * @returns the code of the last one
 */
export async function observeCommand(
  commands: readonly (readonly string[])[],
  env: Readonly<Record<string, string>>,
): Promise<Traces> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-canary-'))
  mkdirSync(join(folder, 'home'))
  const shown: Shown = { stdout: [], stderr: [], titles: new Set() }
  let code: number | null = null
  for (const args of commands) code = await watched(args, env, folder, shown)
  const places = new Map([
    ['stdout', Buffer.concat(shown.stdout)],
    ['stderr', Buffer.concat(shown.stderr)],
    ['arguments and titles', Buffer.from([...shown.titles].join('\n'))],
    ...filesIn(folder),
  ])
  rmSync(folder, { recursive: true, force: true })
  return { code, places }
}

interface Shown {
  readonly stdout: Buffer[]
  readonly stderr: Buffer[]
  readonly titles: Set<string>
}

async function watched(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  folder: string,
  { stdout, stderr, titles }: Shown,
): Promise<number | null> {
  const home = join(folder, 'home')
  const child = spawn(process.execPath, [packageFile('dist/src/cli/main.js'), ...args], {
    cwd: folder,
    env: { HOME: home, TMPDIR: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  const looking = setInterval(() => {
    for (const title of titlesOf(child.pid ?? 0)) titles.add(title)
  }, lookEveryMs)
  try {
    return await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
  } finally {
    clearInterval(looking)
  }
}

function filesIn(folder: string): [string, Buffer][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [
      relative(folder, join(entry.parentPath, entry.name)),
      readFileSync(join(entry.parentPath, entry.name)),
    ])
}

/** Arguments of a process and of all below it, and the names of their threads. */
function titlesOf(pid: number): string[] {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      // It has ended meanwhile, or this system shows nothing of the kind.
      return ''
    }
  }
  const list = (path: string) => {
    try {
      return readdirSync(path)
    } catch {
      return []
    }
  }
  const folder = `/proc/${pid}`
  const threads = list(`${folder}/task`)
  const children = threads.flatMap((thread) => read(`${folder}/task/${thread}/children`).split(' '))
  return [
    read(`${folder}/cmdline`),
    ...threads.map((thread) => read(`${folder}/task/${thread}/comm`)),
    ...children.filter((child) => child !== '').flatMap((child) => titlesOf(Number(child))),
  ]
}
