import type { AddCommand } from '../add-command.ts'
import { addExamples } from '../command-options.ts'
import { formatOf, formatOption } from '../output-format.ts'

/** `requirements`: the catalogue. */
export const addRequirements: AddCommand = (program, context, done) => {
  const command = program
    .command('requirements')
    .summary('print all requirements')
    .description('Prints all requirements with their level and source.')
    .addOption(formatOption())
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const { requirementsCommand } = await import('../requirements.ts')
      done(requirementsCommand(formatOf(flags), context.print))
    })
  addExamples(command, context.invocation, [['requirements --format json', 'for another program']])
  return command
}
