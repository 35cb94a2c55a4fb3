import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Sources and compiled files lie at different depths, so the root is found by its package.json.
function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('package.json of thread-events-conformance was not found.')
    folder = parent
  }
  return folder
}

/** Folder that holds this package's package.json, schemas/ and specs/. */
export const packageRoot = findRoot()

/** Absolute path of a file that ships with the package. */
export function packageFile(relative: string): string {
  return join(packageRoot, relative)
}

/** Version of this package, as in its package.json. */
export const packageVersion: string = (() => {
  const manifest: { version?: unknown } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'))
  return typeof manifest.version === 'string' ? manifest.version : '0.0.0'
})()
