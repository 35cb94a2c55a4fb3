import { ConfigError } from '../config/config-error.ts'
import { selectable } from '../config/settings.ts'
import { similarName } from '../config/suggest.ts'

/**
 * The arguments of `run`.
 * @param commandNames the commands, one of which may have been meant
 * @throws ConfigError if one is neither an area nor a requirement ID
 */
export function checkedSelection(
  names: readonly string[],
  commandNames: readonly string[],
): readonly string[] {
  const problems = names
    .filter((name) => !selectable.includes(name))
    .map((name) => problem(name, commandNames))
  if (problems.length > 0) throw new ConfigError(problems)
  return names
}

function problem(name: string, commandNames: readonly string[]): string {
  if (commandNames.includes(name)) return `Put the command ${name} first, before its options and arguments.`
  const similar = similarName(name, [...selectable, ...commandNames])
  const hint = similar === undefined ? '' : ` Did you mean ${similar}?`
  return `${JSON.stringify(name)} is not a known area, requirement ID or command.${hint}`
}
