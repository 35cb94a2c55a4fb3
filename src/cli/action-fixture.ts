import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { packageFile } from '../contract/package-root.ts'

/** The text of `action.yml`. */
export const actionText = readFileSync(packageFile('action.yml'), 'utf8')

/** The inputs and steps of the GitHub action. */
export const action = z
  .object({
    inputs: z.record(z.string(), z.object({ default: z.string() })),
    runs: z.object({
      steps: z.array(
        z.object({
          name: z.string().optional(),
          uses: z.string().optional(),
          run: z.string().optional(),
          env: z.record(z.string(), z.string()).default({}),
        }),
      ),
    }),
  })
  .parse(parse(actionText))

/** A step of the action that runs a script, with its environment. */
export function stepNamed(name: string) {
  const step = action.runs.steps.find((one) => one.name === name)
  if (step?.run === undefined) throw new Error(`There is no script ${name} in action.yml.`)
  return { script: step.run, env: step.env }
}
