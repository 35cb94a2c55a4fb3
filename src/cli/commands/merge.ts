import type { AddCommand } from '../add-command.ts'
import { commandConfig } from '../command-config.ts'
import { addExamples, addOptions, optionsOf, settingsOf } from '../command-options.ts'

/** `merge`: makes one report of the parts of a sharded run. */
export const addMerge: AddCommand = (program, context, done) => {
  const own = optionsOf(['verdict'], ['CONFORMANCE_REPORTS_DIR', 'CONFORMANCE_REPORTER'])
  const command = program
    .command('merge')
    .summary('Make one report of the parts that run --shard wrote')
    .description('Makes one report of the parts that run --shard 1/N to N/N wrote.')
    .argument('[places...]', 'Part files, or folders that contain them (default: the reports directory)')
    .action(async (places: readonly string[]) => {
      const config = await commandConfig(context, settingsOf(command, own), own)
      const { mergeCommand } = await import('../merge.ts')
      done(await mergeCommand(places, config, context))
    })
  addOptions(command, own)
  addExamples(command, context.invocation, [['merge shards', 'all parts in the folder shards']])
  return command
}
