import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createProgram } from '../src/cli/command-line.ts'
import { contextOf } from '../src/cli/context.ts'
import { selectable } from '../src/config/settings.ts'
import { packageFile, packageRoot } from '../src/contract/package-root.ts'
import { faults } from '../src/reference/faults/index.ts'

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(packageFile('package.json'), 'utf8')))
const silent = { write: () => undefined }
const program = createProgram(
  contextOf({ stdout: silent, stderr: silent, env: {}, cwd: '', signal: new AbortController().signal }),
)

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(packageRoot, 'docs')).map((name) => `docs/${name}`),
]
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: readFileSync(packageFile(path), 'utf8') }))

/** Commands in code blocks and in code spans, without comments. */
const commandsIn = (text: string) =>
  [...text.matchAll(/\bnpm run (?:-s )?([\w-]+)(?: -- ([^`\n#;&|>]*))?/g)].map(
    ([, script = '', rest = '']) => ({
      script,
      words: rest
        .trim()
        .split(/\s+/)
        .filter((word) => word !== ''),
    }),
  )

test.for(pages)('$path: every npm script exists', ({ text }) => {
  expect(commandsIn(text).flatMap(({ script }) => (script in scripts ? [] : [script]))).toEqual([])
})

test.for(pages)('$path: every command, option, selection and fault exists', ({ text }) => {
  const wrong = commandsIn(text)
    .filter(({ script }) => script === 'conformance')
    .flatMap(({ words }) => unknownWords(words).map((word) => `${word} in ${words.join(' ')}`))
  expect(wrong).toEqual([])
})

test.for(pages)('$path: every link to a file works', ({ path, text }) => {
  const links = [...text.matchAll(/\]\(([^)#:\s]+)(?:#[\w-]*)?\)/g)].map(([, link = '']) => link)
  expect(links.filter((link) => !existsSync(packageFile(posix.join(posix.dirname(path), link))))).toEqual([])
})

test('unknown words of a command are found', () => {
  expect(unknownWords(['serve', '--fualt', 'none'])).toEqual(['--fualt'])
  expect(unknownWords(['PAG-99'])).toEqual(['PAG-99'])
  expect(unknownWords(['serve', '--fault', 'no-such-fault'])).toEqual(['no-such-fault'])
})

function unknownWords(words: readonly string[]): string[] {
  const named = program.commands.find((command) => command.name() === words[0])
  const command = named ?? program.commands.find((one) => one.name() === 'run')
  const isKnown = (flag: string) =>
    flag === '--help' || command?.options.some(({ long, short }) => long === flag || short === flag) === true
  const flags = words.filter((word) => word.startsWith('-') && !isKnown(word))
  const fault = words[words.indexOf('--fault') + 1] ?? ''
  const faultName = words.includes('--fault') && !faults.some(({ name }) => name === fault) ? [fault] : []
  const selection =
    named === undefined
      ? words.filter(
          (word, at) =>
            /^[\w-]+$/.test(word) &&
            !word.startsWith('-') &&
            !words[at - 1]?.startsWith('-') &&
            !isSelected(word),
        )
      : []
  return [...flags, ...faultName, ...selection]
}

function isSelected(word: string): boolean {
  return word === 'COMMAND' || selectable.includes(word)
}
