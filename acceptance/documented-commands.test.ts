import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emptyFolder } from '../src/cli/command-fixture.ts'
import { packageFile } from '../src/contract/package-root.ts'
import { commandsOf, notExecuted, pages, reasonNotExecuted } from './documented-commands.ts'

/** `npm run -s conformance` without its build: the tests have compiled the sources. */
const npm = `npm() { shift 3; if [ "$1" = -- ]; then shift; fi; node "${packageFile('dist/src/cli/main.js')}" "$@"; }`

/** Written for a reader: the number of worlds of a nightly run, and the name of a command. */
const shortened: readonly (readonly [string, string])[] = [
  ['--runs 500', '--runs 3'],
  ['COMMAND', 'run'],
  ['npm ci && ', ''],
]

const written = pages.map((page) => ({ page, commands: commandsOf(page) }))

test.for(written)(
  'every command of $page is run as written, or has a reason not to be',
  { timeout: 900_000 },
  async ({ commands }) => {
    const folder = folderOfReader()
    let server: ChildProcess | undefined
    let isBroken = false
    try {
      for (const command of commands.filter((one) => reasonNotExecuted(one) === undefined)) {
        expect(command).toMatch(/^(npm ci && )?npm run -s conformance( |$)/)
        const script = shortened.reduce((text, [from, to]) => text.replace(from, to), command)
        if (command.includes('-- serve')) {
          await stopped(server)
          server = await serving(script, folder)
          isBroken = command.includes('--fault')
        } else {
          const judges = !/-- (doctor|world|faults|compare|COMMAND|--plan)/.test(command)
          const { code, output } = await finished(script, folder)
          expect(code, `${command}\n${output}`).toBe(isBroken && judges ? 1 : 0)
        }
      }
    } finally {
      await stopped(server)
    }
  },
)

test('no reason is given for a command that no page has', () => {
  const all = written.flatMap(({ commands }) => commands)
  expect(Object.keys(notExecuted).filter((command) => !all.includes(command))).toEqual([])
  expect(all.filter((command) => reasonNotExecuted(command) === undefined).length).toBeGreaterThan(20)
})

/** A folder with the reports of earlier runs that the pages name. */
function folderOfReader(): string {
  const folder = emptyFolder()
  const report = packageFile('reports/sample/conformance.json')
  for (const name of ['old', 'reports']) mkdirSync(join(folder, name))
  for (const name of ['old/conformance.json', 'reports/conformance.json', 'old.json', 'new.json'])
    cpSync(report, join(folder, name))
  return folder
}

function shell(script: string, folder: string): ChildProcess {
  return spawn('sh', ['-c', `${npm}\n${script}`], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that the server behind the shell is stopped too.
    detached: true,
  })
}

function finished(script: string, folder: string): Promise<{ code: number | null; output: string }> {
  const child = shell(script, folder)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output: output.slice(-3_000) }))
  })
}

/** A server that has written its settings, to the file that the command names or to stdout. */
async function serving(script: string, folder: string): Promise<ChildProcess> {
  const child = shell(script, folder)
  const settings = join(folder, '.env')
  const before = existsSync(settings) ? readFileSync(settings, 'utf8') : ''
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  try {
    await expect
      .poll(
        () => {
          const file = existsSync(settings) ? readFileSync(settings, 'utf8') : ''
          return `${printed}${file === before ? '' : file}`
        },
        { timeout: 60_000, message: `\`${script}\` prints the settings of its server` },
      )
      .toContain('CONFORMANCE_TOKEN')
    return child
  } catch (error) {
    await stopped(child)
    throw error
  }
}

async function stopped(server: ChildProcess | undefined): Promise<void> {
  if (server?.pid === undefined || server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => server.on('close', resolve))
  process.kill(-server.pid, 'SIGTERM')
  await ended
}
