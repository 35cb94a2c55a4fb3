import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { packageFile } from '../src/contract/package-root.ts'
import { updateGeneratedDocs } from './generated-docs.ts'

const sourceFolders = ['src', 'specs', 'acceptance', 'bench', 'scripts']
const lastOutput = 'dist/vitest.config.js'

/**
 * Compiles the sources before the tests, unless nothing has changed since: a process that a test starts never runs a
 * stale build. After `--update`, writes the documents that show generated figures.
 * @throws Error when the sources do not compile
 */
export function setup({ vitest }: TestProject): () => void {
  if (!upToDate()) build()
  return () => {
    if (vitest.snapshot.options.updateSnapshot === 'all') updateGeneratedDocs()
  }
}

function build(): void {
  rmSync(packageFile('dist'), { recursive: true, force: true })
  try {
    execFileSync(process.execPath, [packageFile('node_modules/typescript/bin/tsc'), '-p', '.'], {
      cwd: packageFile('.'),
      stdio: 'inherit',
    })
  } catch (error) {
    rmSync(packageFile('dist'), { recursive: true, force: true })
    throw new Error('The sources do not compile; see the errors of tsc above.', { cause: error })
  }
}

function upToDate(): boolean {
  const output = packageFile(lastOutput)
  if (!existsSync(output)) return false
  const built = statSync(output).mtimeMs
  return ['tsconfig.json', 'package.json', 'vitest.config.ts', ...sourceFolders.flatMap(entriesOf)].every(
    (path) => statSync(packageFile(path)).mtimeMs < built,
  )
}

/** A folder with everything below it: a folder's own time changes when a file is removed. */
function entriesOf(folder: string): string[] {
  const names = readdirSync(packageFile(folder), { recursive: true, encoding: 'utf8' })
  return [folder, ...names.map((name) => join(folder, name))]
}
