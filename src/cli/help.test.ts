import { expect, test } from 'vitest'
import { options } from '../config/options.ts'
import { faults as everyFault } from '../reference/faults/index.ts'
import { runCli } from './command-fixture.ts'
import { createProgram } from './command-line.ts'
import { contextOf } from './context.ts'

const silent = { write: () => undefined }
const program = createProgram(
  contextOf({ stdout: silent, stderr: silent, env: {}, cwd: '', signal: new AbortController().signal }),
)
const commandNames = program.commands.map((command) => command.name())

test.for(['--version', '-V'])('%s prints the version', async (flag) => {
  const done = await runCli([flag])
  expect([done.code, done.stderr]).toEqual([0, ''])
  expect(done.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test.for([['--help'], ['help']])('%j lists the commands and exit codes', async (args) => {
  const done = await runCli(args)
  expect([done.code, done.stderr]).toEqual([0, ''])
  for (const name of commandNames) expect(done.stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'))
  expect(done.stdout).toContain('Exit codes')
})

test('the help of run has every option of the table', async () => {
  const { stdout } = await runCli(['run', '--help'])
  const text = stdout.replace(/\s+/g, ' ')
  for (const { variable, flag, help } of options) {
    expect(text).toContain(variable)
    expect(text).toContain(help)
    if (flag !== undefined) expect(text).toContain(`--${flag} `)
  }
})

test.for(commandNames)('%s --help shows that command only, with an example', async (name) => {
  const done = await runCli([name, '--help'])
  expect(done.code).toBe(0)
  expect(done.stdout).toContain(`Usage: thread-events-conformance ${name}`)
  expect(done.stdout).toContain('Examples:\n  npm run -s conformance')
  if (name !== 'run') expect(done.stdout).not.toContain('--shard <')
  expect((await runCli(['help', name])).stdout).toBe(done.stdout)
})

test('the examples of serve and faults name what exists', async () => {
  const { stdout: serve } = await runCli(['serve', '--help'])
  const named = [...serve.matchAll(/--(?:fault|variant) ([a-z]\S*)$/gm)].map(([, name]) => name)
  expect(named.length).toBeGreaterThan(0)
  for (const name of named) expect(everyFault.map((fault) => fault.name)).toContain(name)

  const { stdout: listing } = await runCli(['faults', '--help'])
  const searches = [...listing.matchAll(/^ {2}npm run -s conformance -- faults (.+)$/gm)]
  expect(searches.length).toBeGreaterThan(0)
  for (const [, words = ''] of searches) {
    const found = await runCli(['faults', ...words.split(' ')])
    expect([found.code, found.stderr]).toEqual([0, ''])
    expect(found.stdout).not.toContain('FAULTS (0)')
  }
})
