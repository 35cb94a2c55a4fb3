import { execFile, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { packageFile } from '../src/contract/package-root.ts'

const run = promisify(execFile)

/** A checkout whose command waits for a file, if one is given, and then prints the word that another module exports. */
function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  for (const name of ['src/cli', 'specs', 'scripts']) mkdirSync(join(folder, name), { recursive: true })
  for (const name of ['tsconfig.json', 'tsconfig.build.json', 'scripts/conformance.js'])
    cpSync(packageFile(name), join(folder, name))
  symlinkSync(packageFile('node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'package-lock.json'), '{}')
  writeFileSync(
    join(folder, 'src/cli/main.ts'),
    `import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
const [until] = process.argv.slice(2)
while (until !== undefined && !existsSync(until)) await setTimeout(20)
console.log((await import('./word.ts')).word)\n`,
  )
  say(folder, 'one')
  return folder
}

function say(folder: string, word: string): void {
  writeFileSync(join(folder, 'src/cli/word.ts'), `export const word: string = '${word}'\n`)
}

async function said(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(folder, 'scripts/conformance.js'), ...args])
  return stdout.trim()
}

const builds = (folder: string) =>
  readdirSync(join(folder, '.build')).filter((name) => !name.startsWith('.new'))

const users = (folder: string) =>
  builds(folder).flatMap((name) => readdirSync(join(folder, '.build', name, '.users')))

test('two commands at once in one checkout both run', async () => {
  const folder = checkout()
  expect(await Promise.all([said(folder), said(folder)])).toEqual(['one', 'one'])
  expect(await said(folder)).toBe('one')
  expect(builds(folder)).toHaveLength(1)
}, 120_000)

test('a command keeps its own files while another one rebuilds', async () => {
  const folder = checkout()
  const sign = join(folder, 'go')
  expect(await said(folder)).toBe('one')
  const early = said(folder, sign)
  await expect.poll(() => users(folder), { timeout: 60_000 }).toHaveLength(1)
  for (const word of ['two', 'three', 'four']) {
    say(folder, word)
    expect(await said(folder)).toBe(word)
  }
  writeFileSync(sign, '')
  expect(await early).toBe('one')
}, 120_000)

test('the folder of an interrupted build is removed', async () => {
  const folder = checkout()
  const ended = spawnSync(process.execPath, ['--version']).pid
  mkdirSync(join(folder, '.build', `.new-${ended}`), { recursive: true })
  expect(await said(folder)).toBe('one')
  expect(readdirSync(join(folder, '.build'))).toEqual(builds(folder))
}, 120_000)

test('sources that do not compile end with exit code 2', async () => {
  const folder = checkout()
  writeFileSync(join(folder, 'src/cli/word.ts'), 'export const word: number = "text"\n')
  await expect(said(folder)).rejects.toMatchObject({ code: 2 })
  say(folder, 'mended')
  expect(await said(folder)).toBe('mended')
}, 120_000)
