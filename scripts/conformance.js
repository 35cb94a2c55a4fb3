// `npm run conformance`: runs the command from a build of the current sources, and compiles only what changed since the
// last build. Each state of the sources has its own folder in .build, so that a build never replaces files that another
// run is using.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const builds = join(root, '.build')
const usersFolder = '.users'

/** The number of older builds that are kept although no process uses them. */
const keptBuilds = 2

const current = join(builds, fingerprint())
if (!existsSync(current)) build(current)
noteUse(current)
removeOldBuilds()
await import(join(current, 'src/cli/main.js'))

/** A name for the state of everything that a build is made from. */
function fingerprint() {
  const hash = createHash('sha256')
  const files = ['src', 'specs'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  for (const file of [
    'tsconfig.json',
    'tsconfig.build.json',
    'package-lock.json',
    ...files.filter((name) => name.endsWith('.ts')).sort(),
  ]) {
    const { mtimeMs, size } = statSync(join(root, file))
    hash.update(`${file} ${mtimeMs} ${size}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}

/** Builds in a separate folder, starting from the newest build, and renames it when it is complete. */
function build(folder) {
  const aside = join(builds, `.new-${process.pid}`)
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { recursive: true })
  const [newest] = finishedBuilds()
  if (newest !== undefined) cpSync(newest, aside, { recursive: true })
  rmSync(join(aside, usersFolder), { recursive: true, force: true })
  const options = [
    '--incremental',
    '--tsBuildInfoFile',
    join(aside, '.tsbuildinfo'),
    '--outDir',
    aside,
    '--declaration',
    'false',
  ]
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', ...options], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) {
    rmSync(aside, { recursive: true, force: true })
    process.stderr.write('The sources do not compile; see the errors of tsc above.\n')
    process.exit(2)
  }
  try {
    renameSync(aside, folder)
  } catch (error) {
    // Another process may have built the same sources meanwhile.
    rmSync(aside, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

/** The newest first. */
function finishedBuilds() {
  const names = existsSync(builds) ? readdirSync(builds) : []
  return names
    .filter((name) => !name.startsWith('.'))
    .map((name) => join(builds, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
}

function noteUse(folder) {
  const users = join(folder, usersFolder)
  mkdirSync(users, { recursive: true })
  writeFileSync(join(users, String(process.pid)), '')
  process.on('exit', () => rmSync(join(users, String(process.pid)), { force: true }))
  const now = new Date()
  utimesSync(folder, now, now)
}

function removeOldBuilds() {
  // A build that was interrupted leaves its folder behind.
  for (const name of readdirSync(builds)) {
    const pid = Number(/^\.new-(\d+)$/.exec(name)?.[1])
    if (pid > 0 && !isRunning(pid)) rmSync(join(builds, name), { recursive: true, force: true })
  }
  for (const folder of finishedBuilds().slice(1 + keptBuilds))
    if (!isUsed(folder)) rmSync(folder, { recursive: true, force: true })
}

function isUsed(folder) {
  const users = join(folder, usersFolder)
  return existsSync(users) && readdirSync(users).some((pid) => isRunning(Number(pid)))
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}
