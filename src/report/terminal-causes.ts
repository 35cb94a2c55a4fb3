import type { ReportedCause } from './causes.ts'
import { withoutRequest } from './concise-message.ts'
import { counterexampleLines } from './counterexample-text.ts'
import { curlLines, traceIds } from './failure-text.ts'
import { shortIds } from './feature-rows.ts'
import type { Report, ReportedRequirement } from './model.ts'
import { printable } from './printable.ts'
import { unblocksText } from './sentences.ts'
import { type FindingContext, labelled, terminalFindings } from './terminal-findings.ts'
import { padTo, textWidth } from './text-width.ts'
import { blockedText } from './verdict-groups.ts'
import { wrap } from './wrap.ts'

const labelColumns = 16
/** How many bugs that cannot be told apart are named. */
const mostAlternatives = 2

/**
 * One block for each root cause, in the order in which to fix them.
 * @param mostInFull how many are shown with their finding; the others are shown in short
 */
export function terminalCauses(context: FindingContext, mostInFull: number): string[] {
  const { causes } = context.report
  return causes.flatMap((cause, at) =>
    at < mostInFull && cause.waived !== true
      ? inFull(cause, at + 1, context)
      : inShort(cause, at + 1, context),
  )
}

function inFull(cause: ReportedCause, number: number, context: FindingContext): string[] {
  const { report, style, width } = context
  const own = cause.requirements.flatMap((id) => report.requirements.find((one) => one.id === id) ?? [])
  const [main, ...others] = own
  const first = main === undefined ? undefined : withFindingOf(cause, main)
  return [
    ...head(cause, number, context),
    ...(first === undefined ? [] : [...heading(first, context), ...terminalFindings(first, context)]),
    ...advice(cause, width),
    ...others.map((one) =>
      firstLine(`also ${one.id} ${one.level}: ${printable(shortIds(withoutRequest(message(one))))}`, width),
    ),
    ...(first === undefined ? [] : counterexample(first, report, width)),
    ...reproduce(cause, report).map((curl) => `     ${'Reproduce'.padEnd(labelColumns)}${style.dim(curl)}`),
    ...(first?.findings?.[0] === undefined ? [] : traceIds(first.findings[0], report)).map(
      (id) => `     ${'Trace id'.padEnd(labelColumns)}${id}`,
    ),
    ...blocked(cause, report, width),
    '',
  ]
}

// The finding of the cause before those that have another reason.
function withFindingOf({ finding }: ReportedCause, requirement: ReportedRequirement): ReportedRequirement {
  const { findings = [] } = requirement
  const own = findings.filter(({ exchanges: [first] }) => first === finding?.exchange)
  return own.length === 0
    ? requirement
    : { ...requirement, findings: [...own, ...findings.filter((one) => !own.includes(one))] }
}

function inShort(cause: ReportedCause, number: number, context: FindingContext): string[] {
  const { report, width } = context
  const others = cause.requirements.slice(1)
  return [
    ...head(cause, number, context),
    ...wrap(
      `${cause.id}${cause.waived === true ? ' waived' : ''}${others.length === 0 ? '' : `, also ${others.join(' ')}`}`,
      width,
      '   ',
    ),
    // On a narrow terminal a curl command takes more lines than the rest: `replay` prints it.
    ...(cause.waived === true || width < 60
      ? []
      : reproduce(cause, report).map(
          (curl) => `     ${'Reproduce'.padEnd(labelColumns)}${context.style.dim(curl)}`,
        )),
    ...blocked(cause, report, width),
    '',
  ]
}

function head(
  { title, blocked: waiting }: ReportedCause,
  number: number,
  { style, width }: FindingContext,
): string[] {
  const first = number === 1 && waiting.length > 0 && width >= 60 ? '; fix this first' : ''
  const gain = unblocksText(waiting.length) + first
  const indent = ' '.repeat(String(number).length + 2)
  const lines = wrap(printable(shortIds(title)), width, indent).slice(0, width < 60 ? 5 : 3)
  const [line = ''] = lines
  const numbered = `${number}  ${line.slice(indent.length)}`
  const room = width - textWidth(gain)
  const shown = lines.length === 1 && textWidth(numbered) + 2 <= room
  return [
    shown ? `${style.bold(padTo(numbered, room))}${style.yellow(gain)}`.trimEnd() : style.bold(numbered),
    ...lines.slice(1).map(style.bold),
    ...(shown || gain === '' ? [] : [`${indent}${style.yellow(gain)}`]),
  ]
}

function heading(
  { id, level, title }: ReportedRequirement,
  { report, style, width }: FindingContext,
): string[] {
  const most = width < 60 ? 4 : 2
  const lines = wrap(`${id} ${level} ${printable(title)}`, width - 2, '   ')
  const [line = '', ...rest] =
    lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1]} …`]
  const paint = level === 'MUST' || report.strict ? style.red : style.yellow
  return [line.replace(id, paint(id)), ...rest]
}

// Cut between words.
function firstLine(text: string, width: number): string {
  const [line = '', more] = wrap(text, width - 2, '   ')
  return more === undefined ? line : `${line} …`
}

function message({ findings = [], title }: ReportedRequirement): string {
  return findings[0]?.message ?? title
}

function advice(
  { typical_cause, suggested_fix, known_bug, confidence, alternatives = [] }: ReportedCause,
  width: number,
): string[] {
  const line = (label: string, text: string | undefined) =>
    text === undefined ? [] : labelled(label, printable(text), width, labelColumns)
  return [
    ...line('Typical cause', typical_cause),
    ...line('Suggested fix', suggested_fix),
    ...line('Known bug', known_bug === undefined ? undefined : `${known_bug} (${confidence ?? ''})`),
    ...line('Alternatives', alternatives.length === 0 ? undefined : shortList(alternatives)),
  ]
}

// Reports have all of them.
function shortList(sentences: readonly string[]): string {
  const further = sentences.length - mostAlternatives
  const shown = sentences.slice(0, mostAlternatives).join(' ')
  return further > 0 ? `${shown} (${further} more)` : shown
}

/** The one command that shows a cause. */
export function reproduce({ finding, id }: ReportedCause, report: Report): string[] {
  const { findings = [] } = report.requirements.find((one) => one.id === id) ?? {}
  const number = finding?.exchange ?? findings[0]?.exchanges[0]
  const own = findings.find(({ exchanges: [first] }) => first === number)
  // A request alone shows nothing of what others do to it.
  const [together] = own?.kind === 'neighbour' ? curlLines(own, report) : []
  const curl = together ?? report.exchanges.find((exchange) => exchange.id === number)?.curl
  return curl === undefined ? [] : [printable(curl)]
}

function blocked(cause: ReportedCause, { causes }: Report, width: number): string[] {
  const text = blockedText(cause, causes)
  return text === '' ? [] : labelled('Blocked', text, width, labelColumns)
}

function counterexample({ id }: ReportedRequirement, report: Report, width: number): string[] {
  const own = report.generated?.counterexamples.find(({ requirement }) => requirement === id)
  return own === undefined
    ? []
    : counterexampleLines(own, report).flatMap((line) => wrap(printable(line), width, '     '))
}
