interface Task {
  readonly name: string
  readonly selected: boolean
}

/** The names of the tests that will run in a suite, as `beforeAll` receives it. */
export function selectedTests(suite: unknown): ReadonlySet<string> {
  return new Set(tasksOf(suite).flatMap(({ name, selected }) => (selected ? [name] : [])))
}

/** Whether a name pattern or `.only` leaves out some tests of a suite. */
export function isFiltered(suite: unknown): boolean {
  return tasksOf(suite).some(({ selected }) => !selected)
}

function tasksOf(suite: unknown): Task[] {
  if (typeof suite !== 'object' || suite === null) return []
  if ('tasks' in suite && Array.isArray(suite.tasks)) return suite.tasks.flatMap(tasksOf)
  return 'mode' in suite && 'name' in suite
    ? [{ name: String(suite.name), selected: suite.mode === 'run' }]
    : []
}

/** Rows for `test.for` with `%s` as the title, which prints the name without quotes. */
export function byName<T extends { readonly name: string }>(list: readonly T[]): (readonly [string, T])[] {
  return list.map((one) => [one.name, one] as const)
}
