import type { AddCommand } from '../add-command.ts'
import { commandConfig } from '../command-config.ts'
import { addExamples, addOptions, optionsOf, settingsOf } from '../command-options.ts'

/** `replay`: repeats what failed in an earlier run. */
export const addReplay: AddCommand = (program, context, done) => {
  const own = optionsOf(
    ['target', 'requests', 'data', 'output'],
    ['CONFORMANCE_ATTEMPTS', 'CONFORMANCE_WAIVERS', 'CONFORMANCE_STRICT'],
  )
  const command = program
    .command('replay')
    .summary('Repeat what failed in an earlier run')
    .description(
      'Repeats the counterexample of an earlier run, or the check of the requirement if there is none. Reports are written to a folder of their own beside those of the run.',
    )
    .argument('<report>', 'The conformance.json of the earlier run')
    .argument('<requirement>', 'The requirement ID to repeat')
    .action(async (report: string, requirement: string) => {
      const config = await commandConfig(context, settingsOf(command, own), own)
      const { replayCommand } = await import('../replay.ts')
      done(await replayCommand(report, requirement, config, context))
    })
  addOptions(command, own)
  addExamples(command, context.invocation, [
    ['replay reports/conformance.json PAG-03', 'does PAG-03 still fail?'],
  ])
  return command
}
