import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { packageFile } from '../src/contract/package-root.ts'
import { generatedFiles, withSection } from './generated-docs.ts'

test.for([...generatedFiles()])('%s is up to date (npm run docs updates it)', ([path, text]) => {
  expect(readFileSync(packageFile(path), 'utf8')).toBe(text)
})

test('replaces a section and nothing around it', () => {
  expect(withSection('a <!-- x -->old<!-- /x --> b', 'x', 'new')).toBe('a <!-- x -->\nnew\n<!-- /x --> b')
})

test('the README stays short', () => {
  expect(readFileSync(packageFile('README.md'), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(150)
})
