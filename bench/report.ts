import type { Figure, Row } from './figure.ts'

/** Everything that a bench found. */
export interface Bench {
  readonly machine: readonly Row[]
  readonly figures: readonly Figure[]
}

/** The figures as Markdown. */
export function benchMarkdown({ machine, figures }: Bench): string {
  const targets = figures.flatMap((figure) => figure.targets)
  return [
    '# Benchmarks',
    '',
    'Written by `npm run bench`. What stands side by side was measured in turns in one run; times in themselves say more',
    'of the machine than of the suite.',
    '',
    table(['machine', ''], machine),
    '',
    '| target | at most | measured | met |',
    '|---|---|---|---|',
    ...targets.map(
      ({ what, bound, value, met }) => `| ${what} | ${bound} | ${value} | ${met ? 'yes' : '**no**'} |`,
    ),
    '',
    ...figures.flatMap(({ title, how, rows }) => [
      `## ${title}`,
      '',
      how,
      '',
      table(['measured', ''], rows),
      '',
    ]),
  ].join('\n')
}

function table([left, right]: readonly [string, string], rows: readonly Row[]): string {
  return [
    `| ${left} | ${right} |`,
    '|---|---|',
    ...rows.map(({ what, value }) => `| ${what} | ${value} |`),
  ].join('\n')
}
