import type { AddCommand } from '../add-command.ts'
import { addExamples } from '../command-options.ts'
import { formatOf, formatOption } from '../output-format.ts'

/** `compare`: what changed between two reports. */
export const addCompare: AddCommand = (program, context, done) => {
  const command = program
    .command('compare')
    .summary('Compare two reports; exits with 1 on a regression')
    .description('Compares the reports of two runs. Exits with 1 on a regression.')
    .argument('<old>', 'The conformance.json of the earlier run')
    .argument('<new>', 'The conformance.json of the later run')
    .addOption(formatOption())
    .action(async (before: string, now: string, flags: Readonly<Record<string, unknown>>) => {
      const { compareCommand } = await import('../compare.ts')
      done(compareCommand(before, now, formatOf(flags), context))
    })
  addExamples(command, context.invocation, [
    ['compare old/conformance.json reports/conformance.json', 'what changed since the old run'],
  ])
  return command
}
