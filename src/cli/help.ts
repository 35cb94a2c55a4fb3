import { options } from '../config/options.ts'
import { wrap } from '../report/wrap.ts'

const commands = [
  [
    'run',
    'Judge the configured target, or the embedded reference server (default); --plan says what would be asked and why, without asking: --json',
  ],
  ['doctor', 'Say in a few requests whether a run would be worth it: --json'],
  [
    'serve',
    'Run the reference server in the foreground: --port, --host, --world FILE, broken in one known way: --fault NAME, or correct in an unusual one: --variant NAME',
  ],
  ['faults', 'Print what --fault and --variant take: --format terminal, json or markdown'],
  ['world', 'Print the data that serve holds, as JSON for a mock that loads fixtures: --out FILE'],
  ['merge', 'merge folder: one report of what run --shard 1/3, 2/3 and 3/3 wrote there'],
  [
    'compare',
    'compare old.json new.json: what changed; exit code 1 on a regression; --format terminal, json or markdown',
  ],
  ['replay', 'replay conformance.json PAG-03: ask again what an earlier run saw fail'],
  ['requirements', 'Print the catalogue: --format terminal, json or markdown'],
  ['openapi', 'Print an OpenAPI 3.1 document of the route'],
] as const

const files = [
  ['conformance.json', 'all that was found; read by compare, --baseline, replay'],
  ['report.html', 'one page for a person, which needs no network'],
  ['summary.md', 'for a pull request; GITHUB_STEP_SUMMARY gets it too'],
  ['junit.xml', 'one test case for each requirement'],
  ['ctrf.json', 'the same in the Common Test Report Format'],
  ['exchanges.har', 'every request and answer, without tokens, for browser tools'],
  ['badge.svg', 'the verdict'],
] as const

/** The text of `--help`, made from the option table. */
export function helpText(): string {
  const rows = options.flatMap(({ flag, variable, placeholder, help, defaultText }) => [
    `  ${flag === undefined ? variable : `--${flag}${placeholder === '' ? '' : ` ${placeholder}`}`}`,
    ...wrap(`${help}${defaultText === '' ? '' : ` (default: ${defaultText})`}`, 80, '      '),
    ...(flag === undefined ? [] : [`      ${variable}`]),
  ])
  return [
    'Usage: thread-events-conformance [command] [options]',
    '',
    'Judges a server of GET {base}/sessions/{session_id}/threads/{thread_id}/events',
    'by its contract: list, pages, filters, errors, and the event stream.',
    '',
    'Commands',
    ...commands.flatMap(([name, text]) => {
      const [first = '', ...more] = wrap(text, 80, ' '.repeat(16))
      return [`  ${name.padEnd(14)}${first.trimStart()}`, ...more]
    }),
    '',
    'Written into the reports folder',
    ...files.map(([name, text]) => `  ${name.padEnd(18)}${text}`),
    '',
    'Options (flags over environment over .env; tokens have no flag)',
    ...rows,
    '  --help, --version',
    '',
    'Exit codes: 0 no MUST fails, 1 nonconformant, 2 usage, 3 nothing could be',
    'judged, 4 the suite itself broke, 130 or 143 stopped by Ctrl-C or SIGTERM.',
    '',
  ].join('\n')
}
