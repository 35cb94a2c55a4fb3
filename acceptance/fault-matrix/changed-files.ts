import { execFileSync } from 'node:child_process'
import { packageRoot } from '../../src/contract/package-root.ts'

/**
 * Paths below the repository's root that differ from the merge base with the main branch, with what is not committed
 * and not tracked. None outside a git repository.
 */
export function changedFiles(): readonly string[] {
  const base = mergeBase()
  if (base === undefined) return []
  return [
    ...new Set([
      ...git('diff', '--name-only', '--relative', '--diff-filter=d', base),
      ...git('ls-files', '--others', '--exclude-standard'),
    ]),
  ]
}

function mergeBase(): string | undefined {
  for (const branch of ['origin/main', 'main', 'HEAD']) {
    const [base] = git('merge-base', branch, 'HEAD')
    if (base !== undefined) return base
  }
  return undefined
}

function git(...args: readonly string[]): readonly string[] {
  try {
    const output = execFileSync('git', args, {
      cwd: packageRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return output.split('\n').filter((line) => line !== '')
  } catch {
    return []
  }
}
