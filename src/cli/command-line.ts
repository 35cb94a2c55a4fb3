import { Command, CommanderError } from 'commander'
import { ConfigError } from '../config/config-error.ts'
import { suggestion } from '../config/suggest.ts'
import { packageVersion } from '../contract/package-root.ts'
import { printable } from '../report/printable.ts'
import { wrap } from '../report/wrap.ts'
import type { AddCommand } from './add-command.ts'
import { addCompare } from './commands/compare.ts'
import { addDoctor } from './commands/doctor.ts'
import { addFaults } from './commands/faults.ts'
import { addMerge } from './commands/merge.ts'
import { addOpenApi } from './commands/openapi.ts'
import { addReplay } from './commands/replay.ts'
import { addRequirements } from './commands/requirements.ts'
import { addRun } from './commands/run.ts'
import { addServe } from './commands/serve.ts'
import { addWorld } from './commands/world.ts'
import { type CommandContext, contextOf, type Surroundings, widthOf } from './context.ts'
import { usageProblem } from './usage-problem.ts'

/** The exit code of a usage error. */
const usageError = 2

/** The exit code of an internal error. */
const internalError = 4

const exitCodes = [
  'Exit codes:',
  '  0  no MUST requirement failed',
  '  1  nonconformant, or a regression',
  '  2  usage or configuration error',
  '  3  fewer than half of the MUST requirements could be judged',
  '  4  internal error',
  '  130, 143  stopped by Ctrl-C or SIGTERM',
].join('\n')

const commands: readonly AddCommand[] = [
  addRun,
  addDoctor,
  addServe,
  addReplay,
  addCompare,
  addMerge,
  addFaults,
  addRequirements,
  addOpenApi,
  addWorld,
]

/**
 * Runs the command line.
 * @param argv the arguments after the program's name
 * @returns the exit code
 */
export async function main(argv: readonly string[], around: Surroundings): Promise<number> {
  const context = contextOf(around)
  let code = 0
  let current = ''
  const program = createProgram(context, (ended) => {
    code = ended
  })
  program.hook('preSubcommand', (_program, command) => {
    current = `${command.name()} `
  })
  const fail = (problems: readonly string[]) => {
    const help = `Run "${context.invocation} ${current}--help" for usage.`
    around.stderr.write(`${[...problems.map(printable), help].join('\n')}\n`)
    return usageError
  }
  try {
    checkHelpTopic(argv, program)
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? 0 : fail([usageProblem(error.message, program)])
    if (error instanceof ConfigError) return fail(error.problems)
    const what = error instanceof Error ? error.message : String(error)
    around.stderr.write(
      `Internal error: ${printable(what)}\nPlease report it together with the command that you ran.\n`,
    )
    return internalError
  }
}

// Without this, the parser prints the general help for an unknown topic.
function checkHelpTopic([first, topic]: readonly string[], { commands: known }: Command): void {
  const names = known.map((command) => command.name())
  if (first !== 'help' || topic === undefined || topic.startsWith('-') || [...names, 'help'].includes(topic))
    return
  throw new ConfigError([`Unknown command ${topic}.${suggestion(topic, names)}`])
}

function defaultCommand(context: CommandContext): string {
  const text = `The default command is run: "${context.invocation} PAG-03 stream" judges PAG-03 and the area stream.`
  return wrap(text, widthOf(context), '').join('\n')
}

/** The program with all its commands. */
export function createProgram(
  context: CommandContext,
  done: (code: number) => void = () => undefined,
): Command {
  const width = () => widthOf(context)
  const program = new Command('thread-events-conformance')
    .description(
      'Judges a server of GET {base}/sessions/{session_id}/threads/{thread_id}/events by its contract.',
    )
    .version(packageVersion, '-V, --version', 'Print the version')
    .helpOption('-h, --help', 'Print help')
    .helpCommand('help [command]', 'Print help for a command')
    .usage('[command] [options]')
    .configureHelp({ minWidthToWrap: 20 })
    .exitOverride()
    .configureOutput({
      writeOut: context.print,
      writeErr: (text) => void context.stderr.write(text),
      outputError: () => undefined,
      getOutHelpWidth: width,
      getErrHelpWidth: width,
      getOutHasColors: () => context.colours,
      getErrHasColors: () => false,
    })
    .addHelpText('after', `\n${defaultCommand(context)}\n\n${exitCodes}`)
  for (const add of commands) add(program, context, done)
  return program
}
