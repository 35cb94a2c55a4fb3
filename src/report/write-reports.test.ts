import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError } from '../config/load.ts'
import { reportFormatNames } from '../config/report-formats.ts'
import { reportOf } from './report-fixture.ts'
import { hasReports, prepareFolder, writeReports } from './write-reports.ts'

function finishedWith(sentence: string) {
  const report = { ...reportOf(), sentence }
  const record = {
    startedAt: report.started_at,
    exchanges: [],
    target: { baseUrl: report.target.base_url },
  }
  return { record, report, sinceBaseline: undefined }
}

const finished = finishedWith('First.')

function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'conformance-reports-'))
}

test('a set of reports replaces the earlier one, with the formats it lacks, and nothing else', async () => {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'notes.txt'), 'mine')
  expect(hasReports(folder)).toBe(false)
  await writeReports(folder, finished, reportFormatNames)
  expect(readdirSync(folder)).toContain('exchanges.har')
  await writeReports(folder, finishedWith('Second.'), ['json', 'junit'])
  expect(readdirSync(folder).toSorted()).toEqual(['conformance.json', 'junit.xml', 'notes.txt'])
  expect(readFileSync(join(folder, 'conformance.json'), 'utf8')).toContain('Second.')
  expect(hasReports(folder)).toBe(true)
})

test('of two runs in one folder one wins with all its files', async () => {
  const folder = emptyFolder()
  const results = await Promise.all(
    ['First.', 'Second.'].map((sentence) =>
      writeReports(folder, finishedWith(sentence), ['json', 'markdown']),
    ),
  )
  expect(results.flatMap(({ problems }) => problems)).toEqual([])
  const texts = ['conformance.json', 'summary.md'].map((name) => readFileSync(join(folder, name), 'utf8'))
  const winner = texts[0]?.includes('Second.') === true ? 'Second.' : 'First.'
  expect(texts.every((text) => text.includes(winner))).toBe(true)
  expect(readdirSync(folder)).toHaveLength(2)
})

test('the lock of a process that died does not last', async () => {
  const folder = emptyFolder()
  const lock = join(folder, '.conformance-lock')
  mkdirSync(lock)
  utimesSync(lock, new Date(0), new Date(0))
  const { names } = await writeReports(folder, finished, ['json'])
  expect(names).toEqual(['conformance.json'])
  expect(existsSync(lock)).toBe(false)
})

test('a report that cannot be replaced is named, and the others are written', async () => {
  const folder = emptyFolder()
  mkdirSync(join(folder, 'badge.svg'))
  const { problems } = await writeReports(folder, finished, ['json', 'badge'])
  expect(problems).toEqual([expect.stringMatching(/badge\.svg could not be replaced/)])
  expect(existsSync(join(folder, 'conformance.json'))).toBe(true)
})

test('a folder that cannot be created is a usage error', async () => {
  const file = join(emptyFolder(), 'file')
  writeFileSync(file, '')
  await expect(prepareFolder(join(file, 'reports'), 'reports')).rejects.toThrow(ConfigError)
})
