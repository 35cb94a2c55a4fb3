import type { AddCommand } from '../add-command.ts'
import { commandConfig } from '../command-config.ts'
import { addExamples, addOptions, optionsOf, settingsOf } from '../command-options.ts'

/** `world`: the default data of the reference server. */
export const addWorld: AddCommand = (program, context, done) => {
  const own = optionsOf([], ['CONFORMANCE_REVISION'])
  const command = program
    .command('world')
    .summary('Print the data of serve as JSON, for mocks that load fixtures')
    .description('Prints the data that serve holds as JSON, for mocks that load fixtures.')
    .option('--out <FILE>', 'Write to this file instead of stdout')
    .action(async (flags: Readonly<Record<string, string | undefined>>) => {
      const { CONFORMANCE_REVISION: revision } = await commandConfig(context, settingsOf(command, own), own)
      const { worldCommand } = await import('../world.ts')
      done(worldCommand(flags.out, revision, context))
    })
  addOptions(command, own)
  addExamples(command, context.invocation, [['world --out world.json', 'write it to a file']])
  return command
}
