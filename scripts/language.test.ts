import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { packageFile } from '../src/contract/package-root.ts'

/** Phrases of earlier texts that plain technical English does not use. */
const banned = [
  'had to come',
  'did not come',
  'came instead',
  'come instead',
  'came in addition',
  'by lot',
  'usual mend',
  'mended',
  'is to be had',
  'a walk',
  'walks',
  'a ghost',
  'turned round',
  'by turns',
  'in turns',
  'held back',
  'looked for',
  'of good will',
  'for whose sake',
  'whose time is over',
  'handed over',
  'exclude each other',
  'without regard to case',
  'the suite itself broke',
  'suite broke',
  'how sure',
  'usual cause',
  'alike as seen',
  'in a rehearsal',
  'questions that nobody wrote',
  'run is meant',
  'whole ids',
  'nothing came',
  'would ask',
  'it is to be',
  'there is no command',
  'among others or alone',
  'for ever',
  'for the sake of',
  'nobody knows',
  'strangers',
  'stumble',
] as const

/** Pages that the acceptance tests write. */
const measured = [
  'docs/detection.md',
  'docs/diagnosis.md',
  'docs/bench.md',
  'docs/seeds.md',
  'docs/hostile-servers.md',
]

const files = ['src', 'specs', 'docs']
  .flatMap((folder) =>
    readdirSync(packageFile(folder), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name}`,
    ),
  )
  .filter((file) => /\.(ts|md)$/.test(file))
  .filter((file) => !measured.includes(file))
  .concat('README.md', 'CONTRIBUTING.md', 'action.yml')

test.for(banned)('no text says "%s"', (phrase) => {
  const pattern = new RegExp(`\\b${phrase}\\b`, 'i')
  expect(files.filter((file) => pattern.test(readFileSync(packageFile(file), 'utf8')))).toEqual([])
})

test('all texts are searched', () => {
  expect(files.length).toBeGreaterThan(300)
})
