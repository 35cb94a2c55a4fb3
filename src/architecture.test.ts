import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageRoot } from './contract/package-root.ts'

/**
 * What each folder of `src` may import besides itself. A folder may name only folders that stand above it here, so
 * data goes one way. `docs/architecture.md` says what each is for.
 */
const layers: readonly (readonly [folder: string, imports: readonly string[]])[] = [
  ['contract', []],
  ['config', ['contract']],
  ['wire', ['contract']],
  ['oracle', ['contract', 'wire']],
  ['capabilities', ['contract', 'wire', 'oracle']],
  ['verdict', ['contract', 'wire', 'oracle', 'capabilities']],
  ['record', ['contract', 'wire', 'oracle', 'capabilities', 'verdict']],
  ['targets', ['contract', 'config', 'wire', 'oracle', 'capabilities', 'verdict', 'record']],
  ['properties', ['contract', 'wire', 'oracle', 'verdict', 'record', 'targets', 'capabilities']],
  ['spec-dsl', ['contract', 'wire', 'oracle', 'record', 'targets', 'capabilities', 'properties']],
  ['specs', ['contract', 'wire', 'oracle', 'targets', 'capabilities', 'properties', 'spec-dsl']],
  [
    'runner',
    [
      'contract',
      'config',
      'wire',
      'oracle',
      'verdict',
      'record',
      'targets',
      'capabilities',
      'properties',
      'spec-dsl',
    ],
  ],
  ['reference', ['contract']],
  // Replays what a run asked on the reference server with one fault at a time: it knows both sides.
  ['diagnosis', ['contract', 'wire', 'oracle', 'capabilities', 'verdict', 'record', 'targets', 'reference']],
  ['report', ['contract', 'config', 'wire', 'oracle', 'capabilities', 'verdict', 'record']],
  [
    'doctor',
    ['contract', 'wire', 'oracle', 'record', 'targets', 'capabilities', 'spec-dsl', 'runner', 'report'],
  ],
]

/** Folders that put the others together. */
const composing = ['cli', 'library', 'vitest', 'examples', 'acceptance', 'bench', 'scripts', 'docs', 'proof']

/** The embedded target starts the reference server: the one file of the checker that may know it. */
const meetingPoint = 'src/targets/embedded-target.ts'

interface Import {
  readonly file: string
  readonly target: string
}

const roots = ['src', 'specs', 'acceptance', 'bench', 'scripts'].filter((name) =>
  existsSync(join(packageRoot, name)),
)
const files = roots.flatMap((root) =>
  readdirSync(join(packageRoot, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, name)),
)
const isProduct = (file: string) => !/\.test\.ts$|-fixture\.ts$|test-client\.ts$/.test(file)
const textOf = (file: string) => readFileSync(join(packageRoot, file), 'utf8')
const allImports = files.flatMap((file): Import[] =>
  [...textOf(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, specifier = '']) => ({
    file,
    target: relative(packageRoot, join(packageRoot, dirname(file), specifier)),
  })),
)
const imports = allImports.filter(({ file }) => isProduct(file))

function folderOf(path: string): string {
  const [top = '', folder = ''] = path.split('/')
  return top === 'src' ? folder : top
}

/** Import paths that lead back to where they began, each named once; `import type` counts like any other. */
function cyclesIn(edges: readonly Import[]): string[] {
  const targets = new Map<string, string[]>()
  for (const { file, target } of edges) targets.set(file, [...(targets.get(file) ?? []), target])
  const finished = new Set<string>()
  const cycles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file)
    if (at !== -1) cycles.push([...path.slice(at), file].join(' -> '))
    if (at !== -1 || finished.has(file)) return
    for (const target of targets.get(file) ?? []) visit(target, [...path, file])
    finished.add(file)
  }
  for (const file of targets.keys()) visit(file, [])
  return cycles
}

describe('imports', () => {
  test('each layer names only layers above it', () => {
    for (const [at, [folder, named]] of layers.entries()) {
      const above = layers.slice(0, at).map(([name]) => name)
      expect(
        named.filter((name) => !above.includes(name)),
        folder,
      ).toEqual([])
    }
  })

  test('each folder is a layer or composes layers', () => {
    const known = [...layers.map(([folder]) => folder), ...composing]
    const found = new Set(files.map(folderOf).filter((folder) => !folder.endsWith('.ts')))
    expect([...found].filter((folder) => !known.includes(folder))).toEqual([])
  })

  test('no import opposes the direction of data', () => {
    const allowed = new Map(layers)
    const forbidden = imports.filter(({ file, target }) => {
      const [from, to] = [folderOf(file), folderOf(target)]
      if (from === to || composing.includes(from) || from.endsWith('.ts')) return false
      if (file === meetingPoint && to === 'reference') return false
      return allowed.get(from)?.includes(to) !== true
    })
    expect(forbidden.map(({ file, target }) => `${file} -> ${target}`)).toEqual([])
    expect(imports.length).toBeGreaterThan(300)
  })

  test('the checker and the reference server share nothing but the contract', () => {
    const between = imports.filter(({ file, target }) => {
      const [from, to] = [folderOf(file), folderOf(target)]
      if (from === to || (from !== 'reference' && to !== 'reference')) return false
      return to !== 'contract' && !composing.includes(from) && from !== 'diagnosis'
    })
    expect([...new Set(between.map(({ file }) => file))]).toEqual([meetingPoint])
  })

  test('no files import each other, through `import type` neither', () => {
    expect(cyclesIn(allImports)).toEqual([])
  })

  test('a cycle is recognised', () => {
    const edges = [
      { file: 'a', target: 'b' },
      { file: 'b', target: 'c' },
      { file: 'c', target: 'a' },
    ]
    expect(cyclesIn(edges)).toEqual(['a -> b -> c -> a'])
    expect(cyclesIn(edges.slice(0, 2))).toEqual([])
  })
})

test('an exported name means one thing', () => {
  const owners = new Map<string, string[]>()
  // The folder of a list of faults is its area, and part of its name.
  const named = files.filter((name) => isProduct(name) && !/^src\/reference\/faults\/./.test(name))
  for (const file of named.filter((name) => name.startsWith('src/')))
    for (const [, name = ''] of textOf(file).matchAll(
      /^export (?:async )?(?:const|function\*?|class|interface|type) (\w+)/gm,
    ))
      owners.set(name, [...(owners.get(name) ?? []), file])
  const shared = [...owners].filter(([, places]) => places.length > 1)
  expect(shared.map(([name, places]) => `${name}: ${places.join(', ')}`)).toEqual([])
})

test('only the command line reads the environment', () => {
  const readers = files.filter(
    (file) => file.startsWith('src/') && isProduct(file) && textOf(file).includes('process.env'),
  )
  expect(readers.filter((file) => !file.startsWith('src/cli/') && !file.startsWith('src/proof/'))).toEqual([])
})

test('no file collects odds and ends', () => {
  expect(files.filter((file) => /\/(utils?|helpers?|common|types|misc)(\/|\.|-)/.test(file))).toEqual([])
})

test('no value is cast to a type that nothing checked', () => {
  const code = (file: string) =>
    textOf(file)
      .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|^(?:import|export) [^']*'[^']*'$/gm, '')
      .replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g, '')
  const casting = files.filter((file) => /\bas (?!const\b)[\w{([]|: any\b|<any>/.test(code(file)))
  expect(casting.filter((file) => file !== 'src/architecture.test.ts')).toEqual([])
})
