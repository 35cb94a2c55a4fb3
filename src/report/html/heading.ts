import type { Level } from '../../contract/catalogue.ts'
import { featureRows, shortIds } from '../feature-rows.ts'
import { generatedSentence } from '../generated-sentence.ts'
import type { Report } from '../model.ts'
import { partSentence } from '../part-sentence.ts'
import { gatewaySentence, revisionSentence, verdictCounts } from '../sentences.ts'
import { reproduce } from '../terminal-causes.ts'
import { flakyFailures, openGroups } from '../verdict-groups.ts'
import { command } from './exchanges.ts'
import { html, type Markup, sentence } from './markup.ts'
import { shape, stateOfRun, states, stateWords } from './state.ts'

/** The verdict with its counts, the target, and links to the sections. */
export function heading(report: Report): Markup {
  const { verdict, target, suite } = report
  const state = stateOfRun[verdict]
  const part = partSentence(report)
  const gateway = gatewaySentence(report.traffic)
  const other = revisionSentence(report)
  return html`<header class="${state}">
<p class="suite">thread-events-conformance ${suite.version}${report.revision === undefined ? '' : `, revision ${report.revision}`}, ${target.embedded ? 'embedded reference server' : html`<code>${target.base_url}</code>`}</p>
${other === undefined ? '' : html`<p><strong>${other}</strong></p>`}
<h1>${shape(state)} <span>${verdict.toUpperCase()}</span></h1>
<p class="sentence">${report.sentence}</p>
${target.advice === undefined ? '' : html`<p>${target.advice}</p>`}
${part === undefined ? '' : html`<p>${part}</p>`}
${fixFirst(report)}
<p class="counted">${verdictCounts(report)}</p>
${gateway === undefined ? '' : html`<p>${gateway}</p>`}
${navigation(report)}
<details class="metadata"><summary>Run details</summary>
${counts(report)}
${facts(report)}
</details>
</header>`
}

// The first screen says what broke, why, how to fix it and how to see it, on a narrow screen too.
function fixFirst(report: Report): Markup {
  const { causes } = report
  const at = causes.findIndex(({ waived }) => waived !== true)
  const cause = causes[at]
  if (cause === undefined) return html``
  const [curl] = reproduce(cause, report)
  const line = (label: string, text: string | undefined) =>
    text === undefined ? '' : html`<p><strong>${label}:</strong> ${sentence(text)}</p>`
  return html`<div class="first-cause">
<p><strong>${causes.length === 1 ? 'Root cause' : 'Fix first'}:</strong> <a href="#cause-${at + 1}">${sentence(shortIds(cause.title))}</a> (${cause.id})</p>
${line('Typical cause', cause.typical_cause)}${line('Suggested fix', cause.suggested_fix)}
${curl === undefined ? '' : command(curl, 'Copy curl')}
</div>`
}

function navigation(report: Report): Markup {
  const sections = [
    ['causes', 'Root causes', report.causes.length > 0],
    ['flaky', 'Flaky', flakyFailures(report).length > 0],
    ['not-judged', 'Not judged', openGroups(report).length > 0],
    ['features', 'Features', featureRows(report).length > 0],
    ['contract', 'Matrix', true],
    ['requirements', 'Requirements', true],
    ['exchanges', 'Exchanges', report.exchanges.length > 0],
  ] as const
  return html`<nav aria-label="Sections">${sections.map(([id, name, present]) => (present ? html`<a href="#${id}">${name}</a> ` : ''))}</nav>`
}

function counts({ summary }: Report): Markup {
  const levels: readonly Level[] = ['MUST', 'SHOULD']
  const present = states.filter((state) => levels.some((level) => summary[level][state] > 0))
  return html`<div class="scroll" role="group" aria-label="Requirements by level and state" tabindex="0"><table class="numbers counts"><thead><tr><th scope="col">level</th>${present.map(
    (state) => html`<th scope="col">${shape(state)} ${stateWords[state]}</th>`,
  )}</tr></thead>
<tbody>${levels.map(
    (level) =>
      html`<tr><th scope="row">${level}</th>${present.map((state) => html`<td>${summary[level][state]}</td>`)}</tr>`,
  )}</tbody></table></div>`
}

function facts(report: Report): Markup {
  const { target, traffic } = report
  const rows: (readonly [string, Markup | string])[] = []
  const id = (name: string, value: string | null) => {
    if (value !== null) rows.push([name, html`<code>${value}</code>`])
  }
  id('Session', target.session_id)
  id('Thread', target.thread_id)
  id('Sibling thread', target.sibling_thread_id)
  id('Other session', target.other_session_id)
  id('Other thread', target.other_thread_id)
  const whole = target.whole_thread_read ? ' (the whole thread)' : ' (not the whole thread)'
  rows.push(['Events read', `${target.events_read}${target.events_read === 0 ? '' : whole}`])
  rows.push(['Started', report.started_at], ['Duration', `${(report.duration_ms / 1000).toFixed(1)} s`])
  rows.push([
    'Exit code',
    `${report.exit_code}${report.strict ? ' (strict: failing SHOULD requirements fail the run)' : ''}`,
  ])
  const data = generatedSentence(report)
  if (data !== undefined) rows.push(['Generated data', data])
  if (report.seed !== undefined) rows.push(['Seed', String(report.seed)])
  rows.push([
    'Traffic',
    [
      `${traffic.requests} requests`,
      `${traffic.streams} streams`,
      `${sizeOf(traffic.bytes)} received`,
      `${traffic.retries} retries`,
      `${traffic.rate_limit_waits} rate-limit waits`,
      `${traffic.failures} without a response`,
    ].join(', '),
  ])
  return html`<dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}

function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
