import type { AddCommand } from '../add-command.ts'
import { commandConfig } from '../command-config.ts'
import { addExamples, addOptions, optionsOf, settingsOf } from '../command-options.ts'

/** `serve`: runs the reference server. */
export const addServe: AddCommand = (program, context, done) => {
  const own = optionsOf([], ['CONFORMANCE_REVISION'])
  const command = program
    .command('serve')
    .summary('Run the reference server in the foreground')
    .description(
      'Runs the reference server until it is interrupted, and prints the variables that point a run at it.',
    )
    .option('--port <PORT>', 'Port to listen on (default: a free one)')
    .option('--host <HOST>', 'Address to listen on (default: 127.0.0.1)')
    .option('--world <FILE>', 'Data to serve, as the command world prints it')
    .option('--fault <NAME>', 'Break the server in one known way; see the command faults')
    .option('--variant <NAME>', 'Make the server correct in an unusual way; see the command faults')
    .action(async (flags: Readonly<Record<string, string | undefined>>) => {
      const { CONFORMANCE_REVISION: revision } = await commandConfig(context, settingsOf(command, own), own)
      const { serveCommand } = await import('../serve.ts')
      done(await serveCommand({ ...flags, revision }, context))
    })
  addOptions(command, own)
  addExamples(command, context.invocation, [
    ['serve --port 4010', 'a correct server'],
    ['serve --fault keyset-without-tie-break', 'a server with a known fault'],
    ['serve --revision 2026-07', 'a server of another revision'],
  ])
  return command
}
