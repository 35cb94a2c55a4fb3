import { counterexampleLines, replayLine } from './counterexample-text.ts'
import { diagnosisParts } from './diagnosis-text.ts'
import { shortRequest } from './feature-rows.ts'
import { generatedSentence } from './generated-sentence.ts'
import type { Report, ReportedRequirement } from './model.ts'
import { partSentence } from './part-sentence.ts'
import { printable } from './printable.ts'
import { gatewaySentence, revisionSentence, verdictCounts } from './sentences.ts'
import type { Style } from './style.ts'
import { terminalCauses } from './terminal-causes.ts'
import { terminalFeatures } from './terminal-features.ts'
import { terminalFindings } from './terminal-findings.ts'
import { fitTo } from './text-width.ts'
import { flakyFailures, openGroups, reasonText } from './verdict-groups.ts'
import { wrap } from './wrap.ts'

/** Root causes that are shown in full; further ones are shortened. */
const mostInFull = 5
const mostLines = 100

/** How a report is printed. */
export interface TerminalOptions {
  /** Columns of the terminal. */
  readonly width?: number
}

/**
 * The report for a terminal: verdict, features of the server, root causes in the order in which to fix them, what was
 * not judged, and what to do next.
 */
export function terminalReport(
  report: Report,
  style: Style,
  { width: columns = 80 }: TerminalOptions = {},
): string {
  const width = Math.min(160, Math.max(40, columns))
  const context = { report, style, width }
  const withCauses = (inFull: number) => [
    ...verdict(report, style, width),
    ...terminalFeatures(report, style, width),
    ...internalErrors(report, style, width),
    ...terminalCauses(context, inFull),
    ...flaky(report, style, width),
    ...waivers(report, style, width),
    ...unexplained(report, width),
    ...notJudged(report, style, width),
    ...interoperability(report, style, width),
    ...next(report, style),
    '',
  ]
  let inFull = mostInFull
  let lines = withCauses(inFull)
  while (lines.length > mostLines && inFull > 1) {
    inFull -= 1
    lines = withCauses(inFull)
  }
  return lines.join('\n')
}

function verdict(report: Report, style: Style, width: number): string[] {
  const { verdict: result, sentence, target, traffic, diagnosis } = report
  const paint = result === 'conformant' ? style.green : result === 'inconclusive' ? style.yellow : style.red
  const early = sentence.includes(target.problem ?? sentence) ? '' : `${target.problem ?? ''} `
  const data = generatedSentence(report)
  const notes = [
    data,
    partSentence(report),
    gatewaySentence(traffic),
    diagnosis?.missing,
    target.advice === undefined ? undefined : early + target.advice,
  ]
  const other = revisionSentence(report)
  return [
    ...(other === undefined ? [] : [...wrap(printable(other), width, '').map(style.yellow), '']),
    ...wrap(`${result.toUpperCase()}  ${verdictCounts(report)}`, width, '').map((line, at) =>
      at === 0 ? line.replace(result.toUpperCase(), paint(result.toUpperCase())) : line,
    ),
    ...wrap(printable(sentence), width, ''),
    ...notes.flatMap((note) => (note === undefined ? [] : wrap(printable(note), width, ''))),
    '',
  ]
}

function internalErrors({ requirements }: Report, style: Style, width: number): string[] {
  const broken = requirements.filter((one) => one.verdict === 'broken')
  if (broken.length === 0) return []
  return [
    style.red('Internal errors'),
    ...broken.flatMap(({ id, reason = '' }) => wrap(printable(`${id} ${reason}`), width, '   ')),
    '',
  ]
}

function flaky(report: Report, style: Style, width: number): string[] {
  const failures = flakyFailures(report)
  if (failures.length === 0) return []
  return [
    style.yellow('Flaky failures'),
    ...failures.flatMap(({ requirement, rate }) => [
      ...wrap(`${requirement.id} ${requirement.level} failed ${rate}`, width, '   '),
      ...terminalFindings(requirement, { report, style, width }),
      ...generated(requirement, report, width),
    ]),
    '',
  ]
}

function generated({ id }: ReportedRequirement, report: Report, width: number): string[] {
  const own = report.generated?.counterexamples.find(({ requirement }) => requirement === id)
  return own === undefined
    ? []
    : counterexampleLines(own, report).flatMap((line) => wrap(printable(line), width, '     '))
}

function waivers({ requirements, waivers: all }: Report, style: Style, width: number): string[] {
  const uncovered = requirements.filter((one) => one.uncovered === true).map(({ id }) => id)
  const lines = [
    ...requirements.flatMap(({ id, waived_by = [] }) =>
      waived_by.map(({ owner, reason, expires }) => `${id} waived by ${owner} until ${expires}: ${reason}`),
    ),
    ...(uncovered.length === 0
      ? []
      : [
          `Not judged because of a waiver: ${uncovered.join(' ')}. Add them to its "covers", or fix the failure.`,
        ]),
    ...all.flatMap(({ waiver: { requirement, owner, expires }, state }) => {
      const name = `The waiver of ${requirement} by ${owner}`
      if (state === 'expired') return [`${name} expired on ${expires}.`]
      if (state === 'unused') return [`${name} matches no failure. Remove it.`]
      return state === 'dormant' ? [`${name} is dormant: the requirement is blocked.`] : []
    }),
  ]
  if (lines.length === 0) return []
  return [style.yellow('Waivers'), ...lines.flatMap((line) => wrap(printable(line), width, '   ')), '']
}

/** What the contract allows and some clients do not handle. It does not change the verdict. */
function interoperability({ observations }: Report, style: Style, width: number): string[] {
  const notes = observations.filter(({ id }) => id.startsWith('interoperability-'))
  if (notes.length === 0) return []
  return [
    style.yellow('Interoperability notes (not part of the verdict)'),
    ...notes.flatMap(({ question, seen }) => wrap(printable(`${question} ${seen}`), width, '   ')),
    '',
  ]
}

function notJudged(report: Report, style: Style, width: number): string[] {
  const groups = openGroups(report)
  if (groups.length === 0) return []
  const lines = groups.flatMap(({ ids, reason, provide }) => [
    ...wrap(`${ids.join(' ')}: ${printable(reasonText(reason))}`, width, '   '),
    ...(provide === '' ? [] : wrap(printable(provide), width, '     ')),
  ])
  return [style.yellow('Not judged'), ...lines, '']
}

// Known bugs are shown with their causes; this is what none of them explains.
function unexplained({ diagnosis, exchanges }: Report, width: number): string[] {
  if (diagnosis === undefined || diagnosis.missing !== undefined) return []
  const rest = diagnosisParts(diagnosis).slice(diagnosis.problems.length)
  if (rest.length === 0) return []
  const lines = rest.flatMap(({ title, exchange: id }) => {
    const exchange = exchanges.find((one) => one.id === id)
    return [
      ...wrap(printable(title), width, ''),
      ...(exchange === undefined
        ? []
        : [fitTo(printable(`   Smallest example: ${shortRequest(exchange)}`), width)]),
    ]
  })
  return [...lines, '']
}

function next(report: Report, style: Style): string[] {
  const { causes, requirements } = report
  const cause = causes.find(({ waived }) => waived !== true)
  const flakyOne = requirements.find(({ verdict: one }) => one === 'fail')
  const id = cause?.id ?? flakyOne?.id
  if (id === undefined) return []
  const what = cause === undefined ? '' : 'fix 1, then: '
  return [`${style.bold('Next')}   ${what}${replayLine(id, report)}`]
}
