import type { JsonValue } from '../contract/json.ts'
import type { Finding } from '../oracle/finding.ts'
import { alignIds } from './align.ts'
import { counterexampleLines } from './counterexample-text.ts'
import { type DiagnosisPart, diagnosisParts } from './diagnosis-text.ts'
import { generatedSentence } from './generated-sentence.ts'
import type { Report, ReportedFinding, ReportedRequirement } from './model.ts'
import { partSentence } from './part-sentence.ts'
import { printable } from './printable.ts'
import { type ProblemGroup, problemGroups } from './problem-groups.ts'
import type { Style } from './style.ts'
import { wrap } from './wrap.ts'

const mostShown = 2
const width = 80

/** The report for a person at a terminal: what failed and how to see it again, what was left open, the verdict. */
export function terminalReport(report: Report, style: Style): string {
  const open = report.requirements.filter(({ verdict }) => verdict === 'inconclusive')
  return [
    ...problemGroups(report).flatMap((group) => problem(group, report, style)),
    ...waived(report, style),
    ...inconclusive(open, style),
    ...closing(report, style),
    '',
  ].join('\n')
}

function problem({ part, certain, failures }: ProblemGroup, report: Report, style: Style): string[] {
  return [
    ...(part === undefined ? otherFailures(report, style) : diagnosis(part, report, style)),
    // One bug is one problem: beside the first requirement that it breaks the others are told in a line each.
    ...failures.flatMap((requirement, at) =>
      certain && at > 0 && requirement.findings !== undefined
        ? briefFailure(requirement, report, style)
        : failure(requirement, report, style),
    ),
  ]
}

function otherFailures({ diagnosis }: Report, style: Style): string[] {
  return diagnosis === undefined ? [] : [style.bold('FAILURES OF ANOTHER CAUSE'), '']
}

function briefFailure(requirement: ReportedRequirement, report: Report, style: Style): string[] {
  const [first] = requirement.findings ?? []
  return [
    `${level(requirement, report, style)} ${style.bold(requirement.id)} ${requirement.level}${style.dim('  of the same cause')}`,
    ...wrap(printable(first?.message ?? requirement.title), width, '     '),
    '',
  ]
}

function level({ level: own }: ReportedRequirement, { strict }: Report, style: Style): string {
  return own === 'MUST' || strict ? style.red('FAIL') : style.yellow('WARN')
}

function diagnosis({ title, lines, exchange }: DiagnosisPart, report: Report, style: Style): string[] {
  const curl = report.exchanges.find(({ id }) => id === exchange)?.curl
  return [
    style.bold('DIAGNOSIS'),
    ...wrap(printable(title), width, '     '),
    ...lines.flatMap(([label, text]) => wrap(`${label}: ${printable(text)}`, width, '       ')),
    ...(curl === undefined ? [] : [style.dim(`     ${printable(curl)}`)]),
    '',
  ]
}

function failure(requirement: ReportedRequirement, report: Report, style: Style): string[] {
  const { id, title, reproduced, reason, findings = [] } = requirement
  const gates = level(requirement, report, style)
  const head = `${requirement.verdict === 'broken' ? style.red('BROKEN') : gates} ${style.bold(id)} ${requirement.level}`
  return [
    `${head}${reproduced === undefined ? '' : style.dim(`  seen ${reproduced}`)}`,
    ...wrap(title, width, '     '),
    ...(reason === undefined ? [] : wrap(printable(reason), width, '     ')),
    ...findings.slice(0, mostShown).flatMap((finding) => oneFinding(finding, report, style)),
    ...counterexample(requirement, report, style),
    ...(findings.length > mostShown
      ? [style.dim(`     and ${findings.length - mostShown} more, see conformance.json`)]
      : []),
    '',
  ]
}

function counterexample({ id }: ReportedRequirement, { generated }: Report, style: Style): string[] {
  const own = generated?.counterexamples.find(({ requirement }) => requirement === id)
  if (own === undefined) return []
  return [
    '',
    ...counterexampleLines(own)
      .flatMap((line) => wrap(printable(line), width, '     '))
      .map(style.dim),
  ]
}

function oneFinding(finding: ReportedFinding, report: Report, style: Style): string[] {
  const curls = finding.exchanges
    .flatMap((id) => report.exchanges.find((exchange) => exchange.id === id) ?? [])
    .slice(0, 2)
    .map((exchange) => style.dim(`     ${printable(exchange.curl)}`))
  const waiver = finding.waived_by === undefined ? '' : ` (waived by ${finding.waived_by})`
  return [
    '',
    ...wrap(printable(finding.message + waiver), width, '     '),
    ...comparison(finding, style),
    ...curls,
  ]
}

function comparison({ expected, actual }: Finding, style: Style): string[] {
  if (Array.isArray(expected) && Array.isArray(actual))
    return idTable(expected.map(shown), actual.map(shown), style)
  return [
    ...wrap(`expected  ${shown(expected)}`, width, '       '),
    ...wrap(`seen      ${shown(actual)}`, width, '       '),
  ]
}

function idTable(expected: readonly string[], actual: readonly string[], style: Style): string[] {
  const rows = alignIds(expected, actual)
  const half = Math.floor((width - 11) / 2)
  const cell = (text: string | undefined) => (text === undefined ? '—' : middleCut(text, half)).padEnd(half)
  const lines = rows.map(({ left, right, same }) => {
    if (left === undefined && right === undefined) return '         ⋮'
    const line = `     ${same ? ' ' : '≠'} ${cell(left)}  ${cell(right)}`.trimEnd()
    return same ? style.dim(line) : line
  })
  return [`       ${'expected'.padEnd(half)}  seen`, ...lines]
}

function middleCut(text: string, room: number): string {
  if (text.length <= room) return text
  const tail = Math.floor((room - 1) / 2)
  return `${text.slice(0, room - 1 - tail)}…${text.slice(-tail)}`
}

function shown(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return printable(text.length <= 300 ? text : `${text.slice(0, 300)}…`)
}

function waived({ requirements, waivers }: Report, style: Style): string[] {
  const covered = requirements.filter(({ verdict }) => verdict === 'waived')
  const lines = covered.flatMap(({ id, title, waived_by = [] }) => [
    ...wrap(`${id} ${title}`, width, '     '),
    ...waived_by.flatMap(({ owner, reason, expires }) =>
      wrap(printable(`${owner}, until ${expires}: ${reason}`), width, '       '),
    ),
  ])
  const idle = waivers
    .filter(({ state }) => state !== 'used')
    .flatMap(({ waiver, state }) =>
      wrap(
        printable(
          state === 'expired'
            ? `The waiver of ${waiver.requirement} by ${waiver.owner} expired on ${waiver.expires}.`
            : `The waiver of ${waiver.requirement} by ${waiver.owner} matches nothing any more: remove it.`,
        ),
        width,
        '     ',
      ),
    )
  return lines.length + idle.length === 0 ? [] : [style.yellow('WAIVED'), ...lines, ...idle, '']
}

function inconclusive(open: readonly ReportedRequirement[], style: Style): string[] {
  if (open.length === 0) return []
  const byReason = new Map<string, ReportedRequirement[]>()
  for (const requirement of open) {
    const key = `${requirement.reason ?? ''}\n${requirement.provide ?? ''}`
    byReason.set(key, [...(byReason.get(key) ?? []), requirement])
  }
  const groups = [...byReason.values()].flatMap((group) => {
    const [first] = group
    return [
      ...wrap(`${group.map(({ id }) => id).join(' ')}`, width, '     '),
      ...wrap(`missing: ${printable(first?.reason ?? '')}`, width, '       '),
      ...(first?.provide === undefined ? [] : wrap(first.provide, width, '       ')),
    ]
  })
  return [style.yellow('INCONCLUSIVE'), ...groups, '']
}

function closing(report: Report, style: Style): string[] {
  const { summary, traffic, target, verdict, sentence } = report
  const { MUST, SHOULD } = summary
  const level = (name: string, counts: typeof MUST) =>
    [
      `${counts.pass} ${name} pass`,
      ...(counts.fail > 0 ? [`${counts.fail} fail`] : []),
      ...(counts.waived > 0 ? [`${counts.waived} waived`] : []),
      ...(counts.inconclusive > 0 ? [`${counts.inconclusive} inconclusive`] : []),
      ...(counts.broken > 0 ? [`${counts.broken} broken`] : []),
    ].join(', ')
  const paint = verdict === 'conformant' ? style.green : verdict === 'inconclusive' ? style.yellow : style.red
  const waits = traffic.rate_limit_waits === 0 ? '' : `, ${traffic.rate_limit_waits} rate-limit waits`
  // Beside failures the sentence does not speak of what ended the run early.
  const early = sentence.startsWith(target.problem ?? sentence) ? '' : `${target.problem ?? ''} `
  const advice = early + (target.advice ?? '')
  const read = target.thread_id === null ? '' : `${target.events_read} events read, `
  return [
    ...wrap(`${level('MUST', MUST)} · ${level('SHOULD', SHOULD)}`, width, ''),
    ...wrap(
      `${read}${traffic.requests} requests${waits}, ${(report.duration_ms / 1000).toFixed(1)} s`,
      width,
      '',
    ),
    ...generatedLine(report),
    ...partLine(report),
    ...diagnosisLines(report),
    ...wrap(`${paint(verdict.toUpperCase())}  ${printable(sentence)}`, width + 10, ''),
    ...(target.advice === undefined ? [] : wrap(printable(advice), width, '')),
  ]
}

// Said again near the verdict, where a terminal is read first.
function diagnosisLines({ diagnosis }: Report): string[] {
  const titles = diagnosis === undefined ? [] : diagnosisParts(diagnosis).slice(0, diagnosis.problems.length)
  return titles.flatMap(({ title }) => wrap(`diagnosis: ${printable(title)}`, width, ''))
}

function generatedLine(report: Report): string[] {
  const data = generatedSentence(report)
  return data === undefined ? [] : wrap(`${data}, seed ${report.seed ?? ''}`, width, '')
}

function partLine(report: Report): string[] {
  const part = partSentence(report)
  return part === undefined ? [] : wrap(part, width, '')
}
