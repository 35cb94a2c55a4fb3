// `npm run fault -- NAME…`: runs the suite against a fault or variant, and prints what it breaks.
import { faults } from '../src/reference/faults/index.ts'
import { variants } from '../src/reference/variants/index.ts'
import { runServer, type ServerResult } from './fault-matrix/server-run.ts'

const names = process.argv.slice(2)
const known = [...faults, ...variants].map(({ name }) => name)
const unknown = names.filter((name) => !known.includes(name))
if (names.length === 0) fail('Name at least one fault or variant: npm run fault -- NAME [NAME...].')
for (const name of unknown) fail(`Unknown fault or variant ${JSON.stringify(name)}.${suggestion(name)}`)
if (process.exitCode === undefined)
  for (const name of names) {
    const result = await runServer({ name, declaredOnly: false })
    if (!print(name, result)) process.exitCode = 1
  }

function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 2
}

function suggestion(name: string): string {
  const words = name.split('-')
  const shared = (other: string) => other.split('-').filter((word) => words.includes(word)).length
  const [best] = known.toSorted((a, b) => shared(b) - shared(a))
  return best === undefined || shared(best) === 0
    ? ' See npm run conformance -- faults.'
    : ` Did you mean ${best}?`
}

/** Prints a result; returns whether it is exactly as declared. */
function print(name: string, { detection, variant, messages, wallMs }: ServerResult): boolean {
  const list = (ids: readonly string[]) => (ids.length === 0 ? 'none' : ids.join(' '))
  const lines: string[] = []
  let exact = false
  if (detection !== undefined) {
    exact = detection.detected && detection.undeclared.length + detection.broken.length === 0
    lines.push(`${name}: ${detection.sentence}`, `  declared    ${list(detection.declared)}`)
    lines.push(`  failed      ${list(detection.failed)}`)
    if (detection.missed.length > 0) lines.push(`  missed      ${list(detection.missed)}`)
    if (detection.undeclared.length > 0) lines.push(`  undeclared  ${list(detection.undeclared)}`)
  }
  if (variant !== undefined) {
    const declared = variants.find((one) => one.name === name)?.undecided ?? []
    exact = variant.alarms.length === 0 && list(variant.undecided) === list(declared.toSorted())
    lines.push(`${name}: ${variant.sentence}`, `  failed       ${list(variant.alarms)}`)
    lines.push(`  inconclusive ${list(variant.undecided)} (declared: ${list(declared)})`)
  }
  lines.push(...messages.map((message) => `    ${message}`))
  lines.push(`  ${exact ? 'as declared' : 'NOT AS DECLARED'} (${(wallMs / 1_000).toFixed(1)} s)`)
  process.stdout.write(`${lines.join('\n')}\n`)
  return exact
}
