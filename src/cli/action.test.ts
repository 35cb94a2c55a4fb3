import { NoOperationTraceWriter } from '@actions/workflow-parser'
import { convertActionTemplate, parseAction } from '@actions/workflow-parser/actions/index'
import { expect, test } from 'vitest'
import { options } from '../config/options.ts'
import { action, actionText, stepNamed } from './action-fixture.ts'

test("GitHub's own parser accepts the action", () => {
  const { context, value } = parseAction(
    { name: 'action.yml', content: actionText },
    new NoOperationTraceWriter(),
  )
  expect(context.errors.getErrors()).toEqual([])
  if (value === undefined) throw new Error('The action was not parsed.')
  const { runs, inputs = [] } = convertActionTemplate(context, value)
  expect(context.errors.getErrors()).toEqual([])
  expect(runs.using).toBe('composite')
  // A secret in an input would be one line away from an argument or a log.
  expect(inputs.filter(({ id }) => /token|secret|password|header/.test(id))).toEqual([])
})

test('scripts read inputs only through their environment', () => {
  for (const { run } of action.runs.steps) expect(run ?? '').not.toContain('${{')
})

test('every input that sets an option has its name', () => {
  const own = ['merge', 'artifact', 'node-version']
  const flags = options.map(({ flag }) => flag)
  expect(Object.keys(action.inputs).filter((name) => !own.includes(name) && !flags.includes(name))).toEqual(
    [],
  )
  const { script, env } = stepNamed('Run the suite')
  const passed = /for name in ([A-Z_ ]+);/.exec(script)?.[1]?.split(' ') ?? []
  const variables = options.map(({ variable }) => variable.replace('CONFORMANCE_', ''))
  expect(passed.filter((name) => !variables.includes(name))).toEqual([])
  expect(passed.map((name) => `INPUT_${name}`)).toEqual(
    Object.keys(env).filter((name) => name.startsWith('INPUT_')),
  )
  // The folder of the reports has a default, so it is never empty and is set without the loop.
  const names = Object.keys(action.inputs).filter((name) => flags.includes(name) && name !== 'reports-dir')
  expect(passed.toSorted()).toEqual(names.map((name) => name.toUpperCase().replaceAll('-', '_')).toSorted())
})
