import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { packageFile } from '../src/contract/package-root.ts'
import { generatedFiles, withSection } from './generated-docs.ts'

test.for([...generatedFiles()])('%s is not stale (npm run docs writes it anew)', ([path, text]) => {
  expect(readFileSync(packageFile(path), 'utf8')).toBe(text)
})

test('a section is replaced and nothing around it', () => {
  expect(withSection('a <!-- x -->old<!-- /x --> b', 'x', 'new')).toBe('a <!-- x -->\nnew\n<!-- /x --> b')
})
