import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from './contract/package-root.ts'

/** What each room may import: itself, and these. Data goes one way, and a test file may import anything. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  config: ['contract'],
  target: ['config', 'contract'],
  wire: ['contract'],
  oracle: ['contract', 'wire'],
  generate: ['contract', 'oracle'],
  verdict: ['contract', 'oracle'],
  check: ['config', 'contract', 'target', 'wire', 'oracle', 'generate', 'verdict'],
  specs: ['check', 'oracle', 'contract', 'target', 'wire', 'generate'],
  report: ['config', 'contract', 'oracle', 'verdict', 'wire', 'check'],
  doctor: ['contract', 'target', 'wire', 'oracle', 'check', 'report'],
  reference: ['contract'],
  // The one room beside the embedded target that knows both sides: it asks broken servers what a run asked.
  diagnosis: ['contract', 'wire', 'oracle', 'verdict', 'check', 'reference'],
}

/** The rooms that put the others together. */
const free = ['cli', 'library', 'examples', 'acceptance', 'bench', 'scripts']

/** What is no part of the product: nothing in it may be imported by the product. */
const outside = ['acceptance', 'bench', 'scripts']

interface Import {
  readonly file: string
  readonly from: string
  readonly to: string
}

function sources(folder: string): string[] {
  return readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
}

function roomOf(path: string): string {
  const [top = '', room = ''] = path.split('/')
  return top === 'src' ? room : top
}

const files = ['src', 'specs', ...outside].flatMap(sources)
const imports = files
  .filter((file) => !/\.test\.ts$|-fixture\.ts$|test-client\.ts$/.test(file))
  .flatMap((file): Import[] => {
    const text = readFileSync(join(packageRoot, file), 'utf8')
    return [...text.matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)].map(([, target = '']) => {
      const path = relative(packageRoot, join(packageRoot, dirname(file), target))
      return { file, from: roomOf(file), to: roomOf(path) }
    })
  })

test('every arrow between rooms goes the one way', () => {
  const wrong = imports.filter(({ file, from, to }) => {
    if (from === to || free.includes(from) || from.endsWith('.ts')) return false
    // The embedded server is the one place where the two sides meet.
    if (file === 'src/target/embedded.ts' && to === 'reference') return false
    return !(allowed[from] ?? []).includes(to)
  })
  expect(wrong.map(({ file, to }) => `${file} imports ${to}`)).toEqual([])
  expect(imports.length).toBeGreaterThan(300)
})

test('a report is made of the record of a run, and never runs anything', () => {
  const runtime = files
    .filter((file) => roomOf(file) === 'report')
    .filter((file) =>
      /^import (?!type\b)[^\n]*'\.\.\/check\//m.test(readFileSync(join(packageRoot, file), 'utf8')),
    )
  expect(runtime).toEqual([])
})

test('the product imports nothing of acceptance, bench and scripts', () => {
  const wrong = imports.filter(({ from, to }) => !outside.includes(from) && outside.includes(to))
  expect(wrong.map(({ file, to }) => `${file} imports ${to}`)).toEqual([])
})

test('the checker and the reference server share no code but the contract', () => {
  const between = imports.filter(
    ({ from, to }) => [from, to].includes('reference') && from !== to && to !== 'contract',
  )
  const meeting = between
    .filter(({ from }) => !free.includes(from) && from !== 'diagnosis')
    .map(({ file }) => file)
  expect([...new Set(meeting)]).toEqual(['src/target/embedded.ts'])
})

test('the environment is read by the command alone, which hands it to the configuration', () => {
  const readers = files.filter(
    (file) => !file.includes('.test.') && /process\.env/.test(readFileSync(join(packageRoot, file), 'utf8')),
  )
  expect(readers.filter((file) => !/^(src\/cli|acceptance|bench|scripts)\//.test(file))).toEqual(
    ['src/architecture.test.ts'].filter((file) => readers.includes(file)),
  )
})

test('no file is a place for odds and ends', () => {
  expect(files.filter((file) => /\/(utils?|helpers?|common|types|misc)(\/|\.|-)/.test(file))).toEqual([])
})

test('no value is declared to be something that it was not checked to be', () => {
  const code = (file: string) =>
    readFileSync(join(packageRoot, file), 'utf8')
      .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|^(?:import|export) [^']*'[^']*'$/gm, '')
      .replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g, '')
  const casting = files.filter((file) => /\bas (?!const\b)[\w{([]|: any\b|<any>/.test(code(file)))
  expect(casting.filter((file) => file !== 'src/architecture.test.ts')).toEqual([])
})
