import type { Change, Comparison } from '../verdict/compare.ts'
import { markdownText } from './markdown-text.ts'
import { printable } from './printable.ts'
import type { Style } from './style.ts'
import { wrap } from './wrap.ts'

const width = 80

/** A comparison for a terminal. */
export function comparisonTerminal(comparison: Comparison, style: Style): string {
  const list = (title: string, changes: readonly Change[]) =>
    changes.length === 0
      ? []
      : [
          title,
          ...changes.flatMap(({ id, title: sentence, before, now, detail }) => [
            ...wrap(`${id} ${before} → ${now}: ${sentence}`, width, '     '),
            ...(detail === '' ? [] : wrap(printable(detail), width, '       ')),
          ]),
        ]
  const { changed_evidence, changed_observations, latency_ms, not_compared, regression } = comparison
  const versions = otherCatalogue(comparison)
  return [
    ...(versions === undefined ? [] : [...wrap(versions, width, ''), '']),
    ...list(style.red('NEWLY FAILING'), comparison.newly_failing),
    ...(changed_evidence.length === 0 ? [] : [style.yellow('FAILING OTHERWISE THAN BEFORE')]),
    ...changed_evidence.flatMap(({ id, appeared, gone }) => [
      ...wrap(`${id}: ${appeared.length} new, ${gone} gone`, width, '     '),
      ...appeared.flatMap((message) => wrap(printable(message), width, '       ')),
    ]),
    ...list(style.green('FIXED'), comparison.fixed),
    ...list(style.yellow('NEWLY INCONCLUSIVE'), comparison.newly_inconclusive),
    ...(changed_observations.length === 0 ? [] : ['OBSERVATIONS']),
    ...changed_observations.flatMap(({ question, before, now }) =>
      wrap(printable(`${question} ${before} → ${now}`), width, '     '),
    ),
    ...(not_compared.length === 0
      ? []
      : wrap(`Not compared, being in one run alone: ${not_compared.join(' ')}`, width, '')),
    ...(latency_ms.length === 0
      ? []
      : [
          `latency  ${latency_ms.map(({ quantile, before, now }) => `${quantile} ${before} → ${now} ms`).join(', ')}`,
        ]),
    regression ? style.red('REGRESSION') : style.green('NO REGRESSION'),
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
              `- **${id}** ${before} → ${now}: ${markdownText(sentence)}${detail === '' ? '' : ` — ${markdownText(detail)}`}`,
          ),
          '',
        ]
  const { changed_evidence, changed_observations, not_compared, regression } = comparison
  const versions = otherCatalogue(comparison)
  return [
    regression ? '**Regression** since the baseline.' : 'No regression since the baseline.',
    '',
    ...(versions === undefined ? [] : [versions, '']),
    ...rows('Newly failing', comparison.newly_failing),
    ...(changed_evidence.length === 0 ? [] : ['### Failing otherwise than before', '']),
    ...changed_evidence.map(
      ({ id, appeared, gone }) =>
        `- **${id}**: ${appeared.length} new (${appeared.map(markdownText).join('; ')}), ${gone} gone`,
    ),
    ...(changed_evidence.length === 0 ? [] : ['']),
    ...rows('Fixed', comparison.fixed),
    ...rows('Newly inconclusive', comparison.newly_inconclusive),
    ...(changed_observations.length === 0 ? [] : ['### Observations', '']),
    ...changed_observations.map(
      ({ question, before, now }) =>
        `- ${markdownText(question)} ${markdownText(before)} → ${markdownText(now)}`,
    ),
    ...(not_compared.length === 0
      ? []
      : [`Not compared, being in one run alone: ${not_compared.map(markdownText).join(' ')}`]),
    '',
  ].join('\n')
}

// A check that demands more than it did tells of the suite, not of the target.
function otherCatalogue({ suites: { before, now }, compared }: Comparison): string | undefined {
  if (before.catalogue === now.catalogue) return undefined
  return `The runs were judged by catalogue ${before.catalogue} (version ${printable(before.version)}) and catalogue ${now.catalogue} (version ${printable(now.version)}), and are compared on what both have: ${compared === 1 ? 'one requirement' : `${compared} requirements`}. CHANGELOG.md says whose checks changed between them.`
}
