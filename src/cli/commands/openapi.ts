import type { AddCommand } from '../add-command.ts'
import { addExamples } from '../command-options.ts'

/** `openapi`: the route as an OpenAPI document. */
export const addOpenApi: AddCommand = (program, context, done) => {
  const command = program
    .command('openapi')
    .summary('print an OpenAPI 3.1 document of the route')
    .description('Prints an OpenAPI 3.1 document of the route.')
    .action(async () => {
      const { openApiDocument } = await import('../../contract/openapi.ts')
      context.print(`${JSON.stringify(openApiDocument(), null, 2)}\n`)
      done(0)
    })
  addExamples(command, context.invocation, [['openapi > openapi.json', 'write it to a file']])
  return command
}
