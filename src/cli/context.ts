import { basename, dirname, sep } from 'node:path'
import { packageRoot } from '../contract/package-root.ts'
import { createLiveLine, type LiveLine } from '../report/live-line.ts'

/** A stream that a command prints to. */
export interface Terminal {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** What a command uses of its process. */
export interface Surroundings {
  readonly stdout: Terminal
  readonly stderr: Terminal
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder that relative paths start from. */
  readonly cwd: string
  /** Stops the command; a run then reports what it judged so far. */
  readonly signal: AbortSignal
}

/** What a command works with. */
export interface CommandContext extends Surroundings {
  readonly print: (text: string) => void
  readonly colours: boolean
  /** The live line, if stdout is an interactive terminal. */
  readonly live: LiveLine | undefined
  /** How the reader starts this program, for commands in messages. */
  readonly invocation: string
}

/** The context of a command in these surroundings. */
export function contextOf(around: Surroundings): CommandContext {
  const { stdout, env } = around
  const print = (text: string) => void stdout.write(text)
  const interactive = stdout.isTTY === true && env.TERM !== 'dumb' && (env.CI ?? '') === ''
  return {
    ...around,
    print,
    colours: coloursWanted(around),
    live: interactive ? createLiveLine(print, () => stdout.columns ?? 80) : undefined,
    invocation: invocationOf(env, packageRoot),
  }
}

/** The columns that text is wrapped to: those of the terminal, between 40 and 160. */
export function widthOf({ stdout }: Pick<CommandContext, 'stdout'>): number {
  return Math.min(160, Math.max(40, stdout.columns ?? 80))
}

/** The same context without output, for results that are printed as JSON. */
export function silent(context: CommandContext): CommandContext {
  return { ...context, print: () => undefined, live: undefined }
}

/**
 * The command line that starts this program the way the reader did: through the script of a checkout, or through npx
 * where the package is installed.
 */
export function invocationOf(env: Surroundings['env'], root: string): string {
  const installed = basename(dirname(root)) === 'node_modules' || root.includes(`${sep}node_modules${sep}`)
  if (installed && env.npm_lifecycle_event !== 'conformance') return 'npx thread-events-conformance'
  return 'npm run -s conformance --'
}

function coloursWanted({ stdout, env }: Surroundings): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0'
  return stdout.isTTY === true
}
