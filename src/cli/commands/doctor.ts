import type { AddCommand } from '../add-command.ts'
import { commandConfig } from '../command-config.ts'
import { addExamples, addOptions, optionsOf, settingsOf } from '../command-options.ts'

/** `doctor`: checks connectivity and set-up. */
export const addDoctor: AddCommand = (program, context, done) => {
  const own = optionsOf(
    ['target', 'requests', 'data'],
    ['CONFORMANCE_ATTEMPTS', 'CONFORMANCE_ONLY', 'CONFORMANCE_REQUIRE_CONCLUSIVE'],
  )
  const command = program
    .command('doctor')
    .summary('Check connectivity and set-up before a run')
    .description('Checks in a few requests whether a run can judge the target. No requirement is judged.')
    .option('--json', 'Print the result as JSON')
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const config = await commandConfig(context, settingsOf(command, own), own)
      const { doctorCommand } = await import('../doctor.ts')
      done(await doctorCommand(config, flags.json === true, context))
    })
  addOptions(command, own)
  addExamples(command, context.invocation, [
    ['doctor', 'check the target of .env'],
    ['doctor --json', 'the same for another program'],
  ])
  return command
}
