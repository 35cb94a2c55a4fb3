import type { z } from 'zod'

/** What is wrong with the options of a function, in one sentence that repeats no value. */
export function optionProblem(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => JSON.stringify([...issue.path, key].join('.')))
    return `There is no option ${names.join(', ')}.`
  }
  const [name = 'The argument'] = issue.path
  return `${String(name)} ${issue.message}.`
}
