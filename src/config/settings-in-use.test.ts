import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { packageFile } from '../contract/package-root.ts'
import { settings } from './settings.ts'

const code = readdirSync(packageFile('src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name) && !name.startsWith('config'))
  .map((name) => readFileSync(packageFile(`src/${name}`), 'utf8'))
  .join('\n')

// Read while the configuration is loaded: the other name of the token, and the defaults of other settings.
const ofTheConfiguration = ['QODER_PAT', 'CONFORMANCE_PROFILE']
const names = Object.keys(settings).filter((name) => !ofTheConfiguration.includes(name))

// As a property (`config.CONFORMANCE_SEED`), or destructured (`{ CONFORMANCE_SEED: seed } = config`).
test.for(names)('%s is read by the code that it is for', (name) => {
  expect(new RegExp(String.raw`\.${name}\b|\{[^{}]*\b${name}: \w+[^{}]*\} = `).test(code)).toBe(true)
})
