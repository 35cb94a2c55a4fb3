import type { AddCommand } from '../add-command.ts'
import { commandConfig } from '../command-config.ts'
import { addExamples, addOptions, optionsOf, settingsOf } from '../command-options.ts'

/** `run`: judges the target. The default command. */
export const addRun: AddCommand = (program, context, done) => {
  const own = optionsOf(['target', 'requests', 'data', 'selection', 'verdict', 'output'])
  const command = program
    .command('run', { isDefault: true })
    .summary('Judge the target, or the embedded reference server (default)')
    .description('Judges the configured target, or the embedded reference server if none is configured.')
    .argument('[selection...]', 'Areas or requirement IDs to judge, for example PAG-03 stream')
    .option('--plan', 'Print what a run would request and why, without sending anything to the target')
    .option('--json', 'Print the report as JSON on stdout, and nothing else')
    .action(async (selection: readonly string[], flags: Readonly<Record<string, unknown>>) => {
      const { checkedSelection } = await import('../selection.ts')
      const commandNames = program.commands.map((one) => one.name())
      const settings = settingsOf(command, own)
      const names = [...checkedSelection(selection, commandNames), settings.CONFORMANCE_ONLY ?? '']
      const only = names.filter((name) => name !== '').join(',')
      const given = only === '' ? settings : { ...settings, CONFORMANCE_ONLY: only }
      const config = await commandConfig(context, given, own)
      if (flags.plan === true) {
        const { printRequestPlan } = await import('../request-plan.ts')
        return done(await printRequestPlan(config, flags.json === true, context))
      }
      const { judgeTarget } = await import('../run.ts')
      done(await judgeTarget(config, context, { json: flags.json === true }))
    })
  addOptions(command, own)
  addExamples(command, context.invocation, [
    ['', 'judge the target of .env, or the embedded reference server'],
    ['PAG-03 stream', 'only PAG-03 and the area stream'],
    ['--json > report.json', 'the report for another program'],
    ['run --plan', 'what would be requested'],
  ])
  return command
}
