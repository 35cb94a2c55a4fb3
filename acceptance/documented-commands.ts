import { readdirSync, readFileSync } from 'node:fs'
import { packageFile } from '../src/contract/package-root.ts'

/** The pages whose commands are run, in the order in which a reader comes to them. */
export const pages: readonly string[] = [
  'README.md',
  ...readdirSync(packageFile('docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/** What a page tells its reader to run: the lines of shell blocks and the commands in code spans, in their order. */
export function commandsOf(page: string): string[] {
  const text = readFileSync(packageFile(page), 'utf8')
  const found = text.matchAll(/^```(\w*)\n([\s\S]*?)^```|`((?:npm|npx|node|git|curl) [^`\n]*)`/gm)
  return [...found]
    .flatMap(([, language, block = '', span]) => {
      if (span !== undefined) return [span]
      return language === 'sh' ? block.split('\n').map(withoutComment) : []
    })
    .filter((line) => line !== '')
}

function withoutComment(line: string): string {
  return line.replace(/(^|\s+)# .*$/, '').trim()
}

/** Commands that no test runs as they are written, each with the reason. */
export const notExecuted: Readonly<Record<string, string>> = {
  'npm ci': 'needs the registry; every job of this repository starts with it',
  'npm ci && npm test': 'the tests of the project itself',
  'npm pack': 'installed-package.test.ts packs the package',
  'npm install --save-dev ../suite/thread-events-conformance-0.1.0.tgz':
    'installed-package.test.ts installs the package',
  'npx thread-events-conformance --help': 'installed-package.test.ts runs the installed command',
  'npx vitest run --project conformance': 'parity.test.ts runs the specs as tests',
  'npm audit --omit=dev': 'needs the registry',
  'git clone --depth 1 "$SUITE_URL" suite && (cd suite && npm ci && npm run build)':
    'gitlab-template.test.ts runs the script of the template, which is the same',
  '[ -f last/conformance.json ] && export CONFORMANCE_BASELINE=last/conformance.json':
    'part of the script that gitlab-template.test.ts runs',
  'node suite/dist/src/cli/main.js; code=$?': 'part of the script that gitlab-template.test.ts runs',
  'exit $code': 'part of the script that gitlab-template.test.ts runs',
}

/** Why a command is not run, if it is not. */
export function reasonNotExecuted(command: string): string | undefined {
  if (/^export CONFORMANCE_/.test(command)) return "names the reader's own server"
  if (/^npm run (acceptance|bench|composites|diagnosis|kinds|order|seeds)\b/.test(command))
    return 'a measurement that takes from minutes to hours'
  return notExecuted[command]
}
