import type { Change, Comparison, StateCounts } from '../verdict/compare.ts'
import { shortIds } from './feature-rows.ts'
import { markdownText } from './markdown-text.ts'
import { printable } from './printable.ts'
import type { Style } from './style.ts'
import { wrap } from './wrap.ts'

function latencyLine({ latency_ms }: Comparison): string[] {
  if (latency_ms.length === 0) return []
  return [
    `latency  ${latency_ms.map(({ quantile, before, now }) => `${quantile} ${before} → ${now} ms`).join(', ')}`,
  ]
}

/**
 * A comparison for a terminal.
 * @param exitCode of the run that is compared with its baseline; none for a comparison of two reports
 */
export function comparisonTerminal(
  comparison: Comparison,
  style: Style,
  width = 80,
  exitCode?: number,
): string {
  const list = (title: string, changes: readonly Change[]) =>
    changes.length === 0
      ? []
      : [
          title,
          ...changes.flatMap(({ id, title: sentence, before, now, last_judged, detail }) => [
            ...wrap(`${id} ${beforeText(before, last_judged)} → ${now}: ${sentence}`, width, '     '),
            ...(detail === '' ? [] : wrap(printable(shortIds(detail)), width, '       ')),
          ]),
        ]
  const { changed_evidence, changed_observations, not_compared, regression, targets } = comparison
  const versions = otherCatalogue(comparison)
  const data = otherData(comparison)
  const paint = regression ? style.red : style.green
  return [
    ...(targets === undefined ? [] : wrap(printable(targetsText(targets)), width, '')),
    `before   ${countsText(comparison.counts.before)}`,
    `now      ${countsText(comparison.counts.now)}`,
    '',
    ...(versions === undefined ? [] : [...wrap(versions, width, ''), '']),
    ...(data === undefined ? [] : [...wrap(data, width, ''), '']),
    ...list(style.red('NEWLY FAILING'), comparison.newly_failing),
    ...(changed_evidence.length === 0 ? [] : [style.yellow('FAILING IN OTHER WAYS')]),
    ...changed_evidence.flatMap(({ id, appeared, gone }) => [
      ...wrap(`${id}: ${appeared.length} new, ${gone} gone`, width, '     '),
      ...appeared.flatMap((message) => wrap(printable(shortIds(message)), width, '       ')),
    ]),
    ...list(style.green('FIXED'), comparison.fixed),
    ...list(style.yellow('LOST COVERAGE'), comparison.lost_coverage),
    ...(changed_observations.length === 0 ? [] : ['OBSERVATIONS']),
    ...changed_observations.flatMap(({ question, before, now }) =>
      wrap(printable(`${question} ${before} → ${now}`), width, '     '),
    ),
    ...(not_compared.length === 0
      ? []
      : wrap(`Not compared, in one run only: ${not_compared.join(' ')}`, width, '')),
    ...latencyLine(comparison),
    ...wrap(paint(closingSentence(comparison, exitCode)), width, ''),
    '',
  ].join('\n')
}

/** A comparison as Markdown. */
export function comparisonMarkdown(comparison: Comparison): string {
  const rows = (title: string, changes: readonly Change[]) =>
    changes.length === 0
      ? []
      : [
          `### ${title}`,
          '',
          ...changes.map(
            ({ id, before, now, title: sentence, detail }) =>
              `- **${id}** ${before} → ${now}: ${withCode(sentence)}${detail === '' ? '' : ` — ${markdownText(detail)}`}`,
          ),
          '',
        ]
  const { changed_evidence, changed_observations, not_compared, targets, counts } = comparison
  const versions = otherCatalogue(comparison)
  const data = otherData(comparison)
  return [
    `**${comparison.sentence}**`,
    '',
    `- before: ${countsText(counts.before)}`,
    `- now: ${countsText(counts.now)}`,
    ...(targets === undefined ? [] : [`- ${markdownText(targetsText(targets))}`]),
    '',
    ...(versions === undefined ? [] : [versions, '']),
    ...(data === undefined ? [] : [data, '']),
    ...rows('Newly failing', comparison.newly_failing),
    ...(changed_evidence.length === 0 ? [] : ['### Failing in other ways', '']),
    ...changed_evidence.map(
      ({ id, appeared, gone }) =>
        `- **${id}**: ${appeared.length} new (${appeared.map(markdownText).join('; ')}), ${gone} gone`,
    ),
    ...(changed_evidence.length === 0 ? [] : ['']),
    ...rows('Fixed', comparison.fixed),
    ...rows('Lost coverage', comparison.lost_coverage),
    ...(changed_observations.length === 0 ? [] : ['### Observations', '']),
    ...changed_observations.map(
      ({ question, before, now }) =>
        `- ${markdownText(question)} ${markdownText(before)} → ${markdownText(now)}`,
    ),
    ...(not_compared.length === 0
      ? []
      : [`Not compared, in one run only: ${not_compared.map(markdownText).join(' ')}`, '']),
    ...latencyLine(comparison).map((line) => `${line}; for information, not judged.\n`),
  ].join('\n')
}

function withCode(sentence: string): string {
  const parts = sentence.split('`').map(markdownText)
  return parts.map((part, at) => (at % 2 === 1 ? `<code>${part}</code>` : part)).join('')
}

function beforeText(before: string, last: string | undefined): string {
  return last === undefined ? before : `${before} (last judged: ${last})`
}

function countsText({ pass, fail, waived, blocked, not_judged }: StateCounts): string {
  const rare = waived === 0 ? '' : `, ${waived} waived`
  return `${pass} pass, ${fail} fail${rare}, ${blocked} blocked, ${not_judged} not judged`
}

function targetsText({ before, now }: { readonly before: string; readonly now: string }): string {
  return `The runs judged different targets: ${before} before, ${now} now.`
}

// A baseline run fails for known failures too, so its last words name the exit code.
function closingSentence({ sentence, regression }: Comparison, exitCode: number | undefined): string {
  if (exitCode === undefined || exitCode === 0 || regression) return sentence
  return `${sentence} The run still ends with exit code ${exitCode}; waive known failures or fix them.`
}

// What only some data shows may appear and disappear without any change of the target.
function otherData({ seeds, newly_failing, fixed, changed_evidence }: Comparison): string | undefined {
  const changes = newly_failing.length + fixed.length + changed_evidence.length
  if (seeds === undefined) return undefined
  if (changes === 0) return `The runs used different seeds (${seeds.before} and ${seeds.now}).`
  return `The runs used different seeds (${seeds.before} and ${seeds.now}), so a change may be due to the generated data. Run again with --seed ${seeds.before}.`
}

// A stricter check says something about the suite, not about the target.
function otherCatalogue({ suites: { before, now }, compared }: Comparison): string | undefined {
  if (before.catalogue === now.catalogue) return undefined
  return `The runs used catalogue ${before.catalogue} (version ${printable(before.version)}) and catalogue ${now.catalogue} (version ${printable(now.version)}). They are compared on the ${compared === 1 ? 'one requirement' : `${compared} requirements`} in both; CHANGELOG.md lists the checks that changed.`
}
