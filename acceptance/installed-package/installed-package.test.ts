import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { packageFile, packageRoot } from '../../src/contract/package-root.ts'
import { diskUsage, listing, type Ran, run, shellOf, start } from './programs.ts'

const timeout = 900_000
const env = shellOf(process.env)
const packed = z.tuple([z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) })])

/** A project under a path with everything that a shell or a pattern might take amiss, and with another vitest. */
const base = mkdtempSync(join(tmpdir(), 'conformance-installed-'))
const project = join(base, 'a project [of] (a) user')
const installed = join(project, 'node_modules/thread-events-conformance')

let reachable = true
let files: readonly string[] = []
let unwritten: readonly string[] = []
let bytesOnDisk = 0

const inProject = (program: string, args: readonly string[], more = {}): Promise<Ran> =>
  run(program, args, { cwd: project, env: { ...env, ...more } })
const suite = (args: readonly string[], more = {}) =>
  inProject('npx', ['--no', 'thread-events-conformance', '--', ...args], more)

async function pack(): Promise<string> {
  // The scripts would rebuild `dist`, which other tests are using.
  const done = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', base], {
    cwd: packageRoot,
    env,
  })
  const [{ filename, files: listed }] = packed.parse(JSON.parse(done.stdout))
  files = listed.map(({ path }) => path)
  return join(base, filename)
}

async function install(what: string): Promise<void> {
  const done = await inProject('npm', ['install', '--no-audit', '--no-fund', '--save-dev', what])
  if (done.code !== 0) throw new Error(`npm install failed: ${done.stderr}`)
}

beforeAll(async () => {
  const tarball = await pack()
  const ping = await run('npm', ['ping', '--fetch-retries=0', '--fetch-timeout=20000'], { cwd: base, env })
  reachable = ping.code === 0
  if (!reachable) return
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{"name":"user","private":true,"type":"module"}')
  await install(tarball)
  bytesOnDisk = diskUsage(join(project, 'node_modules'))
  await install('vitest@3')
  // The set-up of the user's own tests must not affect the suite.
  writeFileSync(join(project, 'vite.config.js'), 'throw new Error("The configuration of the user was read.")')
  unwritten = listing(join(project, 'node_modules'))
}, 2 * timeout)

describe('the package', () => {
  test('holds what a user needs and nothing else', () => {
    const needed = [
      'package.json',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'dist/src/cli/main.js',
      'dist/src/index.d.ts',
    ]
    expect(files).toEqual(expect.arrayContaining(needed))
    expect(files).toEqual(
      expect.arrayContaining(
        readdirSync(packageFile('schemas'), { recursive: true, encoding: 'utf8' }).flatMap((name) =>
          name.endsWith('.json') ? `schemas/${name}` : [],
        ),
      ),
    )
    const allowed =
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|schemas\/([\w-]+\/)?[\w-]+\.schema\.json|src\/report\/html\/assets\/[\w-]+\.(js|css)|dist\/(src|specs)\/[\w./-]+\.(js|d\.ts))$/
    const refused = /\.test\.|-fixture\.|test-client|^dist\/src\/examples\//
    expect(files.filter((path) => !allowed.test(path) || refused.test(path))).toEqual([])
  })

  test('holds every file that one of its files imports', () => {
    const programs = files.filter((path) => path.endsWith('.js'))
    expect(programs.flatMap(importsOf).filter((target) => !files.includes(target))).toEqual([])
  })

  test('holds the declarations of what it exports', () => {
    const needed = new Set(['dist/src/index.d.ts', 'dist/src/library/vitest.d.ts'])
    for (const path of needed)
      for (const target of importsOf(path)) needed.add(target.replace(/\.[jt]s$/, '.d.ts'))
    expect([...needed].filter((path) => !files.includes(path))).toEqual([])
  })
})

/** The files that a file imports, also by `import('…')` in a type. */
function importsOf(path: string): string[] {
  const text = readFileSync(packageFile(path), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?["'](\.[^"']+)["']/g)].map(([, target = '']) =>
    join(dirname(path), target),
  )
}

describe('installed from the tarball', () => {
  let server: Awaited<ReturnType<typeof start>> | undefined
  afterAll(() => server?.stop())
  beforeEach(({ skip }) => skip(!reachable, 'the npm registry cannot be reached'))

  test('takes at most 20 MB on disk with its dependencies', () => {
    expect(bytesOnDisk).toBeGreaterThan(1_000_000)
    expect(bytesOnDisk).toBeLessThanOrEqual(20 * 1024 * 1024)
  })

  test('--help', { timeout }, async () => {
    const done = await suite(['--help'])
    expect(done.code, done.stderr).toBe(0)
    expect(done.stdout).toContain('Usage: thread-events-conformance')
  })

  test('the embedded run, with its reports as all that is written', { timeout }, async () => {
    const done = await suite(['--reports-dir', 'my reports'])
    expect(done.code, done.stdout + done.stderr).toBe(0)
    expect(readdirSync(join(project, 'my reports')).toSorted()).toEqual([
      'badge.svg',
      'conformance.json',
      'ctrf.json',
      'junit.xml',
      'report.html',
      'summary.md',
    ])
    expect(listing(join(project, 'node_modules'))).toEqual(unwritten)
    expect(readdirSync(project).toSorted()).toEqual([
      'my reports',
      'node_modules',
      'package-lock.json',
      'package.json',
      'vite.config.js',
    ])
  })

  test('serve, and a run against its URL with what it prints as .env', { timeout }, async () => {
    const options = { cwd: project, env }
    server = await start(
      'npx',
      ['--no', 'thread-events-conformance', 'serve'],
      options,
      /^CONFORMANCE_CONTROL_TOKEN=.*\n/m,
    )
    const folder = join(project, 'elsewhere')
    mkdirSync(folder)
    writeFileSync(join(folder, '.env'), server.said)
    const main = join(installed, 'dist/src/cli/main.js')
    const done = await run(process.execPath, [main, 'run'], { cwd: folder, env })
    expect(done.code, done.stdout + done.stderr).toBe(0)
    expect(done.stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+\/v1/)
    expect(readdirSync(join(folder, 'reports'))).toContain('conformance.json')
  })

  // Node itself is on the registry too, as a package for each system.
  test.for(['22', '24'])('--help, serve and both runs on Node %s', { timeout }, async (version, { skip }) => {
    const folder = join(base, `on Node ${version}`)
    mkdirSync(folder)
    const node = `node-${process.platform}-${process.arch}`
    const fetched = await run(
      'npm',
      ['install', '--no-audit', '--no-fund', '--no-save', '--prefix', folder, `${node}@${version}`],
      { cwd: folder, env },
    )
    skip(fetched.code !== 0, `Node ${version} is not to be had here`)
    const program = join(folder, 'node_modules', node, 'bin/node')
    const main = join(installed, 'dist/src/cli/main.js')
    const suite = (args: readonly string[]) => run(program, [main, ...args], { cwd: folder, env })
    expect((await run(program, ['--version'], { cwd: folder, env })).stdout).toContain(`v${version}.`)
    expect((await suite(['--help'])).stdout).toContain('Usage: thread-events-conformance')
    const embedded = await suite(['--runs', '2'])
    expect(embedded.code, embedded.stdout + embedded.stderr).toBe(0)
    expect(embedded.stdout).toContain('embedded reference server')
    const served = await start(
      program,
      [main, 'serve'],
      { cwd: folder, env },
      /^CONFORMANCE_CONTROL_TOKEN=.*\n/m,
    )
    writeFileSync(join(folder, '.env'), served.said)
    const pointed = await suite(['run', '--runs', '2'])
    served.stop()
    expect(pointed.code, pointed.stdout + pointed.stderr).toBe(0)
    expect(pointed.stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+\/v1/)
  })

  test('the library in the tests of a project that has another vitest', { timeout }, async () => {
    for (const name of ['judge-a-mock', 'test-a-client', 'describe-a-mock'])
      writeFileSync(
        join(project, `${name}.test.ts`),
        readFileSync(packageFile(`src/examples/${name}.test.ts`)),
      )
    writeFileSync(join(project, 'own.config.js'), 'export default {}')
    const done = await inProject('npx', ['--no', 'vitest', '--', 'run', '--config', 'own.config.js'])
    expect(done.code, done.stdout + done.stderr).toBe(0)
    expect(done.stdout).toMatch(/RUN +v3\./)
    expect(done.stdout).toMatch(/Tests +\d+ passed/)
  })

  test('its types, under strict settings and without skipping declarations', { timeout }, async () => {
    const options = { module: 'nodenext', target: 'es2022', strict: true, noEmit: true, types: ['node'] }
    const tsconfig = {
      compilerOptions: { ...options, typeRoots: [packageFile('node_modules/@types')] },
      files: ['typed.ts'],
    }
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(tsconfig))
    writeFileSync(join(project, 'typed.ts'), typed)
    const done = await inProject(packageFile('node_modules/.bin/tsc'), ['--project', 'tsconfig.json'])
    expect(done.stdout + done.stderr).toBe('')
    expect(done.code).toBe(0)
  })
})

const typed = `
import { createReferenceServer, runConformance, type Report, type Waiver } from 'thread-events-conformance'
const { baseUrl, token } = await createReferenceServer({ fault: 'keyset-without-tie-break' })
const waivers: Waiver[] = []
const report: Report = await runConformance({ baseUrl, token, only: ['PAG-03'], waivers, headers: { 'x-a': 'b' } })
const verdicts: string[] = report.requirements.map(({ verdict }) => verdict)
// @ts-expect-error: a run needs its target
await runConformance({ token })
// @ts-expect-error: there is no such option
await createReferenceServer({ faults: verdicts })
`
