import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageFile } from '../../contract/package-root.ts'

/** Everything that a run of the command left behind or showed while it ran, by where it was found. */
export interface Traces {
  readonly code: number | null
  readonly places: ReadonlyMap<string, Buffer>
}

const lookEveryMs = 50

/** Runs the compiled command with a folder of its own for its home, its temporary files and its reports. */
export async function watchedRun(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Traces> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-canary-'))
  const home = join(folder, 'home')
  mkdirSync(home)
  const child = spawn(process.execPath, [packageFile('dist/src/cli/main.js'), ...args], {
    cwd: folder,
    env: { HOME: home, TMPDIR: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed: Readonly<Record<'stdout' | 'stderr', Buffer[]>> = { stdout: [], stderr: [] }
  child.stdout.on('data', (chunk: Buffer) => printed.stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => printed.stderr.push(chunk))
  const titles = new Set<string>()
  const looking = setInterval(() => {
    for (const title of titlesOf(child.pid ?? 0)) titles.add(title)
  }, lookEveryMs)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  clearInterval(looking)
  const places = new Map([
    ['stdout', Buffer.concat(printed.stdout)],
    ['stderr', Buffer.concat(printed.stderr)],
    ['arguments and titles', Buffer.from([...titles].join('\n'))],
    ...filesIn(folder),
  ])
  rmSync(folder, { recursive: true, force: true })
  return { code, places }
}

function filesIn(folder: string): [string, Buffer][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name))])
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
