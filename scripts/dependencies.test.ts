import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { packageFile } from '../src/contract/package-root.ts'

const manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  scripts: z.record(z.string(), z.string()),
})
const { dependencies, scripts } = manifest.parse(
  JSON.parse(readFileSync(packageFile('package.json'), 'utf8')),
)

test('docs/safety.md names the purpose of each run-time dependency, and of no other', () => {
  const page = readFileSync(packageFile('docs/safety.md'), 'utf8')
  const [, section = ''] = /^## Dependencies\n(.*)/ms.exec(page) ?? []
  const rows = [...section.matchAll(/^\| ([a-z-]+) \| \S.*\|$/gm)].map(([, name]) => name)
  expect(rows.filter((name) => name !== 'Package').sort()).toEqual(Object.keys(dependencies).sort())
})

test('each dependency is pinned to one version', () => {
  for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
})

test('nothing of ours runs when the package is installed', () => {
  const atInstall = ['preinstall', 'install', 'postinstall', 'prepare']
  expect(Object.keys(scripts).filter((name) => atInstall.includes(name))).toEqual([])
})
