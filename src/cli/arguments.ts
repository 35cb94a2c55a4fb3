import { parseArgs } from 'node:util'
import { ConfigError } from '../config/load.ts'
import { options } from '../config/options.ts'

/** A command line that was understood. */
export interface Arguments {
  readonly command: string
  readonly operands: readonly string[]
  /** Values by environment variable. */
  readonly settings: Readonly<Record<string, string>>
  readonly help: boolean
  readonly version: boolean
  /** Flags that belong to one command alone. */
  readonly own: Readonly<Record<string, string>>
}

/** Flags of single commands. */
const ownFlags = {
  port: 'string',
  host: 'string',
  world: 'string',
  out: 'string',
  fault: 'string',
  variant: 'string',
  format: 'string',
  json: 'boolean',
  plan: 'boolean',
} as const

/**
 * Reads the command line.
 * @throws ConfigError for a flag that does not exist, or one without its value
 */
export function readArguments(args: readonly string[]): Arguments {
  const flags = options.flatMap(({ flag, placeholder }) =>
    flag === undefined
      ? []
      : [[flag, { type: placeholder === '' ? ('boolean' as const) : ('string' as const) }] as const],
  )
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...Object.fromEntries(flags),
        ...Object.fromEntries(Object.entries(ownFlags).map(([name, type]) => [name, { type }])),
        ...Object.fromEntries(
          (['help', 'version'] as const).map((name) => [
            name,
            { type: 'boolean' as const, short: name.slice(0, 1) },
          ]),
        ),
      },
    })
    const settings: Record<string, string> = {}
    for (const { flag, variable } of options) {
      const value = flag === undefined ? undefined : values[flag]
      if (value !== undefined) settings[variable] = String(value)
    }
    const own: Record<string, string> = {}
    for (const name of Object.keys(ownFlags)) if (values[name] !== undefined) own[name] = String(values[name])
    const [command = 'run', ...operands] = positionals
    return { command, operands, settings, own, help: values.help === true, version: values.version === true }
  } catch (error) {
    throw new ConfigError([
      `${error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'The command line cannot be read'}.`,
    ])
  }
}
