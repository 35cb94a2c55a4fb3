import type { AddCommand } from '../add-command.ts'
import { commandConfig } from '../command-config.ts'
import { addExamples, addOptions, optionsOf, settingsOf } from '../command-options.ts'

/** `openapi`: the route as an OpenAPI document. */
export const addOpenApi: AddCommand = (program, context, done) => {
  const own = optionsOf([], ['CONFORMANCE_REVISION'])
  const command = program
    .command('openapi')
    .summary('Print an OpenAPI 3.1 document of the route')
    .description('Prints an OpenAPI 3.1 document of the route.')
    .action(async () => {
      const { CONFORMANCE_REVISION: revision } = await commandConfig(context, settingsOf(command, own), own)
      const { openApiDocument } = await import('../../contract/openapi.ts')
      context.print(`${JSON.stringify(openApiDocument(revision), null, 2)}\n`)
      done(0)
    })
  addOptions(command, own)
  addExamples(command, context.invocation, [['openapi > openapi.json', 'write it to a file']])
  return command
}
