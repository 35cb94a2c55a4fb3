import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isRequirementId, type RequirementId } from '../../src/contract/catalogue.ts'
import { packageFile } from '../../src/contract/package-root.ts'

/** What a change may affect: faults and variants by name, and the requirements that are judged by changed code. */
export interface Affected {
  readonly servers: ReadonlySet<string>
  readonly requirements: ReadonlySet<RequirementId>
}

/**
 * Finds what changed files affect: the faults and variants that they define, and the requirements of every spec that
 * is one of them or imports one of their judges.
 * @param changed paths below the repository's root
 * @param specFiles paths of all specs
 */
export async function affectedBy(
  changed: readonly string[],
  specFiles: readonly string[],
): Promise<Affected> {
  const servers = new Set<string>()
  for (const file of changed)
    if (/^src\/reference\/(faults|variants)\/.*\.ts$/.test(file) && !/(\.test|\/index)\.ts$/.test(file))
      for (const name of namesIn(await import(packageFile(file)))) servers.add(name)
  const judges = new Set(changed.filter((file) => /^(specs|src\/oracle)\/.*\.ts$/.test(file)))
  const specs = specFiles.filter((file) => [...importsOf(file)].some((one) => judges.has(one)))
  const requirements = specs.flatMap((file): RequirementId[] => {
    const names: string[] = readFileSync(packageFile(file), 'utf8').match(/\b[A-Z]{3}-\d{2}\b/g) ?? []
    return names.filter(isRequirementId)
  })
  return { servers, requirements: new Set(requirements) }
}

function namesIn(module: unknown): string[] {
  if (typeof module !== 'object' || module === null) return []
  return Object.values(module)
    .flat()
    .flatMap((one: unknown) =>
      typeof one === 'object' && one !== null && 'override' in one && 'name' in one ? [String(one.name)] : [],
    )
}

/** A spec and every judge that it imports, directly or not. */
function importsOf(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found
  found.add(file)
  const text = readFileSync(packageFile(file), 'utf8')
  for (const [, target = ''] of text.matchAll(/from '(\.[^']+)'/g)) {
    const path = join(dirname(file), target)
    if (path.startsWith('src/oracle/')) importsOf(path, found)
  }
  return found
}
