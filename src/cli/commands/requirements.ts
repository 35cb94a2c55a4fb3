import type { AddCommand } from '../add-command.ts'
import { commandConfig } from '../command-config.ts'
import { addExamples, addOptions, optionsOf, settingsOf } from '../command-options.ts'
import { formatOf, formatOption } from '../output-format.ts'

/** `requirements`: the catalogue. */
export const addRequirements: AddCommand = (program, context, done) => {
  const own = optionsOf([], ['CONFORMANCE_REVISION'])
  const command = program
    .command('requirements')
    .summary('Print all requirements')
    .description('Prints all requirements with their level and source.')
    .addOption(formatOption())
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const { CONFORMANCE_REVISION: revision } = await commandConfig(context, settingsOf(command, own), own)
      const { requirementsCommand } = await import('../requirements.ts')
      done(requirementsCommand(revision, formatOf(flags), context.print))
    })
  addOptions(command, own)
  addExamples(command, context.invocation, [
    ['requirements --format json', 'for another program'],
    ['requirements --revision 2026-07', 'those of another revision'],
  ])
  return command
}
