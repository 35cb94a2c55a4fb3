import type { AddCommand } from '../add-command.ts'
import { addExamples } from '../command-options.ts'
import { formatOf, formatOption } from '../output-format.ts'

/** `faults`: the names that `serve --fault` and `serve --variant` take. */
export const addFaults: AddCommand = (program, context, done) => {
  const command = program
    .command('faults')
    .summary('List the names that serve --fault and serve --variant take')
    .description('Lists the faults and variants of the reference server, or shows one of them in full.')
    .argument('[filter...]', 'The name of one, an area, a requirement ID, or words to search for')
    .addOption(formatOption())
    .action(async (filter: readonly string[], flags: Readonly<Record<string, unknown>>) => {
      const { faultsCommand } = await import('../faults.ts')
      done(faultsCommand(filter, formatOf(flags), context))
    })
  addExamples(command, context.invocation, [
    ['faults pagination', 'faults that break a requirement of this area'],
    ['faults desc cursor', 'faults whose name or description contains both words'],
    ['faults bare-array', 'one fault in full'],
  ])
  return command
}
