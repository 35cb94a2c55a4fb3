import type { JsonValue } from '../contract/json.ts'
import type { Comparison } from '../verdict/compare.ts'
import { alignIds } from './align.ts'
import { comparisonMarkdown } from './comparison.ts'
import { withoutGot } from './concise-message.ts'
import { counterexampleLines } from './counterexample-text.ts'
import { diagnosisParts } from './diagnosis-text.ts'
import { curlLines, valueText } from './failure-text.ts'
import { featureRows, shortIds } from './feature-rows.ts'
import { generatedSentence } from './generated-sentence.ts'
import { isGating } from './is-gating.ts'
import { markdownFence } from './markdown-fence.ts'
import { markdownText } from './markdown-text.ts'
import type { Counts, Report, ReportedFinding, ReportedRequirement } from './model.ts'
import { partSentence } from './part-sentence.ts'
import { gatewaySentence, reproducedText, revisionSentence, unblocksText } from './sentences.ts'
import { reproduce } from './terminal-causes.ts'
import { blockedText, flakyFailures, openGroups, reasonText } from './verdict-groups.ts'
import { xmlText } from './xml-text.ts'

/** GitHub takes 65,536 characters in a comment. */
const mostChars = 60_000
const mostComparisonChars = 15_000
const mostFindings = 3
const mostRows = 80
const keptLine = 300
const keptValue = 1_000
const keptCurl = 2_500

/**
 * The report as Markdown for a pull request or a job page: the verdict, what changed since the baseline, the features of
 * the server, the root causes, and details in folded sections. At most 60,000 characters; what does not fit is left out and
 * counted.
 */
export function markdownSummary(report: Report, sinceBaseline?: Comparison): string {
  const failed = report.requirements.filter(({ verdict }) => verdict === 'fail' || verdict === 'broken')
  const room = new Room(mostChars)
  // The most important blocks take their room first; the output is in reading order.
  const overview = room.take([head(report), ...(sinceBaseline === undefined ? [] : [changes(sinceBaseline)])])
  const failures = room.take(failed.map((requirement) => failureLine(requirement, report)))
  const rest = [flaky(report), waivers(report), notJudged(report), observations(report)].map((blocks) =>
    room.take(blocks),
  )
  const details = room.take(failed.map((requirement) => failureDetails(requirement, report)))
  const heading = failed.length === 0 ? '' : '### Failures\n\n'
  return [
    overview,
    room.take(features(report)),
    room.take(causes(report)),
    room.take(diagnosis(report)),
    heading,
    failures,
    '\n',
    details,
    ...rest,
  ].join('')
}

function features(report: Report): string[] {
  const rows = featureRows(report)
  if (rows.length === 0 || rows.every(({ state }) => state === 'works')) return []
  const cells = rows.map(
    ({ features: names, state, requirements, detail }) =>
      `| ${markdownText(names.join(', '))} | ${state} | ${requirements.join(' ')} | ${markdownText(line(shortIds(detail)))} |`,
  )
  return [
    [
      '### Features of this server',
      '',
      '| feature | state | requirement | |',
      '|---|---|---|---|',
      ...cells,
      '',
    ].join('\n'),
  ]
}

function causes(report: Report): string[] {
  if (report.causes.length === 0) return []
  const blocks = report.causes.map((cause, at) => {
    const gain = unblocksText(cause.blocked.length)
    const curl = reproduce(cause, report).filter((one) => one.length <= keptCurl)
    return [
      `**${at + 1}. ${markdownText(line(shortIds(cause.title)))}** (${cause.requirements.join(', ')})${cause.waived === true ? ', waived' : ''}${gain === '' ? '' : `, ${gain}`}`,
      '',
      ...(cause.typical_cause === undefined
        ? []
        : [`- typical cause: ${markdownText(line(cause.typical_cause))}`]),
      ...(cause.suggested_fix === undefined
        ? []
        : [`- suggested fix: ${markdownText(line(cause.suggested_fix))}`]),
      ...(cause.blocked.length === 0 ? [] : [`- blocked: ${blockedText(cause, report.causes)}`]),
      '',
      ...(curl.length === 0 ? [] : [markdownFence(curl, 'sh'), '']),
    ].join('\n')
  })
  return ['### Root causes\n', ...blocks]
}

function diagnosis(report: Report): string[] {
  if (report.diagnosis === undefined) return []
  const parts = diagnosisParts(report.diagnosis).map(({ title, lines }) =>
    [
      `**${markdownText(line(title))}**`,
      '',
      ...lines.map(([label, text]) => `- ${label}: ${markdownText(line(text))}`),
      '',
    ].join('\n'),
  )
  return ['### Diagnosis\n', ...parts]
}

/** Allocates a number of characters to whole blocks. */
class Room {
  #left: number

  constructor(chars: number) {
    this.#left = chars
  }

  take(blocks: readonly string[]): string {
    let taken = ''
    for (const [at, block] of blocks.entries()) {
      const more = `\n${blocks.length - at} more are in conformance.json.\n`
      // Room for the sentences that say what was left out.
      if (block.length + 500 > this.#left) return `${taken}${more}`
      this.#left -= block.length + 1
      taken += `${block}\n`
    }
    return taken
  }
}

function head(report: Report): string {
  const { verdict, sentence, target, traffic, duration_ms, summary } = report
  const mark = { conformant: '✅', nonconformant: '❌', inconclusive: '❔', broken: '💥' }[verdict]
  const where = target.embedded ? 'the embedded reference server' : markdownText(line(target.base_url))
  const data = generatedSentence(report)
  const part = partSentence(report)
  const gateway = gatewaySentence(traffic)
  const other = revisionSentence(report)
  const row = (name: string, counts: Counts) =>
    `| ${name} | ${counts.pass} | ${counts.fail} | ${counts.waived} | ${counts.blocked} | ${counts.not_judged} | ${counts.broken} |`
  return [
    `## ${mark} ${verdict.toUpperCase()}`,
    ...(other === undefined ? [] : ['', `**${markdownText(line(other))}**`]),
    '',
    `${markdownText(line(sentence))}${target.advice === undefined ? '' : ` ${markdownText(line(target.advice))}`}`,
    '',
    ...(part === undefined ? [] : [part, '']),
    ...(gateway === undefined ? [] : [markdownText(line(gateway)), '']),
    `${where}: ${target.events_read} events read, ${traffic.requests} requests, ${(duration_ms / 1000).toFixed(1)} s${data === undefined ? '' : `. ${data}`}`,
    '',
    '| | pass | fail | waived | blocked | not judged | internal error |',
    '|---|---:|---:|---:|---:|---:|---:|',
    row('MUST', summary.MUST),
    row('SHOULD', summary.SHOULD),
    '',
  ].join('\n')
}

function changes(comparison: Comparison): string {
  const text = comparisonMarkdown(comparison)
  if (text.length <= mostComparisonChars) return text
  const whole = text.slice(0, text.lastIndexOf('\n', mostComparisonChars))
  return `${whole}\n\nThe command \`compare\` shows all changes.\n`
}

function failureLine(requirement: ReportedRequirement, report: Report) {
  const { id, level, verdict, findings = [], reason = '' } = requirement
  const mark = verdict === 'broken' ? '💥' : isGating(requirement, report) ? '❌' : '⚠️'
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : ''
  return `- ${mark} **${id}** ${level} ${markdownText(line(findings[0]?.message ?? reason))}${more}`
}

function failureDetails(requirement: ReportedRequirement, report: Report): string {
  const { id, title, findings = [], reason, reproduced } = requirement
  return folded(`<b>${id}</b> ${inHtml(title)}`, [
    ...(reason === undefined ? [] : [markdownText(line(reason)), '']),
    ...(reproduced === undefined ? [] : [markdownText(reproducedText(reproduced) || reproduced), '']),
    ...findings.slice(0, mostFindings).flatMap((finding) => findingLines(finding, report)),
    ...counterexample(id, report),
  ])
}

function counterexample(id: string, report: Report): string[] {
  const own = report.generated?.counterexamples.find(({ requirement }) => requirement === id)
  if (own === undefined) return []
  const told = counterexampleLines(own, report).map((text) => valueText(text, keptValue))
  return [markdownFence(told, ''), '']
}

function findingLines(finding: ReportedFinding, report: Report): string[] {
  const waiver = finding.waived_by === undefined ? '' : `, waived by ${markdownText(line(finding.waived_by))}`
  const curls = curlLines(finding, report).filter((curl) => curl.length <= keptCurl)
  return [
    `${markdownText(line(finding.message))} <sub>${finding.fingerprint}</sub>${waiver}`,
    '',
    markdownFence(['--- expected', '+++ got', ...difference(finding)], 'diff'),
    '',
    ...(curls.length === 0 ? [] : [markdownFence(curls, 'sh'), '']),
  ]
}

function difference({ expected, actual }: ReportedFinding): string[] {
  const text = (value: JsonValue) => valueText(value, keptValue)
  if (!Array.isArray(expected) || !Array.isArray(actual))
    return [`- ${text(expected)}`, `+ ${text(withoutGot(actual))}`]
  const short = (value: JsonValue) => valueText(value, 120)
  return alignIds(expected.map(short), actual.map(short)).map(({ left, right, same }) => {
    if (left === undefined && right === undefined) return '  ⋮'
    return same ? `  ${left}` : right === undefined ? `- ${left}` : `+ ${right}`
  })
}

function waivers({ requirements, waivers: all }: Report): string[] {
  const covered = requirements.filter(({ verdict }) => verdict === 'waived')
  const rows = [
    ...covered.flatMap(({ id, waived_by = [] }) =>
      waived_by.map(
        ({ owner, expires, reason, link }) =>
          `- **${id}** waived by ${markdownText(line(owner))}, until ${expires}: ${markdownText(line(reason))}${link === undefined ? '' : ` ${markdownText(line(link))}`}`,
      ),
    ),
    ...all.flatMap(({ waiver, state }) => {
      if (state === 'used') return []
      const what =
        state === 'expired'
          ? `expired on ${waiver.expires}`
          : state === 'dormant'
            ? 'is dormant: the requirement is blocked'
            : 'matches no failure; remove it'
      return [`- The waiver of ${waiver.requirement} by ${markdownText(line(waiver.owner))} ${what}.`]
    }),
  ]
  return rows.length === 0 ? [] : [['### Waivers', '', ...rows.slice(0, mostRows), ''].join('\n')]
}

function flaky(report: Report): string[] {
  const rows = flakyFailures(report).map(({ requirement, rate }) => `- **${requirement.id}** failed ${rate}`)
  return rows.length === 0 ? [] : [['### Flaky failures', '', ...rows, ''].join('\n')]
}

function notJudged(report: Report): string[] {
  const groups = openGroups(report)
  if (groups.length === 0) return []
  const count = groups.reduce((sum, { ids }) => sum + ids.length, 0)
  const rows = groups.map(
    ({ ids, reason, provide }) =>
      `- **${ids.join(' ')}** ${markdownText(line(reasonText(reason)))}. ${markdownText(line(provide))}`,
  )
  return [folded(`Not judged: ${count}`, [...rows.slice(0, mostRows), ''])]
}

function observations({ observations: seen }: Report): string[] {
  if (seen.length === 0) return []
  const rows = seen.map(
    ({ question, seen: what }) => `- ${markdownText(line(question))} ${markdownText(line(what))}`,
  )
  return [folded(`Questions that the contract leaves open: ${seen.length}`, [...rows.slice(0, mostRows), ''])]
}

// Without the empty line, what follows the summary would not be read as Markdown.
function folded(summary: string, lines: readonly string[]): string {
  return ['<details>', `<summary>${summary}</summary>`, '', ...lines, '</details>', ''].join('\n')
}

function inHtml(title: string): string {
  return xmlText(title).replace(/`([^`]*)`/g, '<code>$1</code>')
}

function line(text: string): string {
  return valueText(text, keptLine)
}
