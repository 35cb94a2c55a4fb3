import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { catalogueVersion, requirements } from '../src/contract/catalogue.ts'
import { packageFile, packageVersion } from '../src/contract/package-root.ts'

const changelog = readFileSync(packageFile('CHANGELOG.md'), 'utf8')
const [, released = ''] = changelog.split(`## [${packageVersion}]`)

test('the present version has its entry, with the version of its catalogue', () => {
  expect(changelog).toContain('## [Unreleased]')
  expect(changelog).toMatch(new RegExp(`^Catalogue ${catalogueVersion}[.:]`, 'm'))
  expect(released.split('\n## ')[0]).toMatch(/^Catalogue \d+\.$/m)
})

/** Each version of the catalogue, with a digest of its requirements. */
const catalogues: Readonly<Record<number, string>> = {
  1: '0195ab58c317',
  2: '5b34b3203a22',
}

test('requirements change with the version of the catalogue, never without', () => {
  const text = requirements.map(({ id, level, title }) => `${id} ${level} ${title}`).join('\n')
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12)
  const advice = 'Raise catalogueVersion, list the change in CHANGELOG.md, and add the new digest here.'
  expect(catalogues[catalogueVersion], advice).toBe(digest)
})
