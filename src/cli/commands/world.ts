import type { AddCommand } from '../add-command.ts'
import { addExamples } from '../command-options.ts'

/** `world`: the default data of the reference server. */
export const addWorld: AddCommand = (program, context, done) => {
  const command = program
    .command('world')
    .summary('print the data of serve as JSON, for mocks that load fixtures')
    .description('Prints the data that serve holds as JSON, for mocks that load fixtures.')
    .option('--out <FILE>', 'write to this file instead of stdout')
    .action(async (flags: Readonly<Record<string, string | undefined>>) => {
      const { worldCommand } = await import('../world.ts')
      done(worldCommand(flags.out, context))
    })
  addExamples(command, context.invocation, [['world --out world.json', 'write it to a file']])
  return command
}
