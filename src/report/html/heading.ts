import type { Level } from '../../contract/catalogue.ts'
import { generatedSentence } from '../generated-sentence.ts'
import type { Report, ReportedRequirement } from '../model.ts'
import { partSentence } from '../part-sentence.ts'
import { problemGroups } from '../problem-groups.ts'
import { html, type Markup, sentence } from './markup.ts'
import { shape, stateOfRun, states, stateWords } from './state.ts'

/** With more than these the matrix says it better. */
const mostFailing = 8

/** Verdict and target, and how the requirements came out by level: what a reader needs in one look. */
export function heading(report: Report): Markup {
  const { verdict, target, suite } = report
  const state = stateOfRun[verdict]
  const part = partSentence(report)
  return html`<header class="${state}">
<p class="suite">thread-events-conformance ${suite.version}</p>
<h1>${shape(state)} <span>${verdict.toUpperCase()}</span></h1>
<p class="sentence">${report.sentence}</p>
${target.advice === undefined ? '' : html`<p>${target.advice}</p>`}
${part === undefined ? '' : html`<p>${part}</p>`}
<p class="target">${target.embedded ? 'embedded reference server' : html`<code>${target.base_url}</code>`}</p>
${failing(report)}
${counts(report)}
${facts(report)}
</header>`
}

// One line for each problem: a reader with a red pipeline has to see no more than this to know where to look.
function failing(report: Report): Markup {
  const lines = problemGroups(report).flatMap(({ part, certain, failures }) =>
    certain && part !== undefined && failures.length > 1
      ? [oneProblem(part.title, failures)]
      : failures.map(oneFailure),
  )
  if (lines.length === 0) return html``
  const rest = lines.length - mostFailing
  return html`<ul class="failing" aria-label="What fails">${lines.slice(0, mostFailing)}</ul>${rest > 0 ? html`<p class="note">and ${rest} more, see the contract below</p>` : ''}`
}

function oneFailure(failure: ReportedRequirement): Markup {
  const { id, level, verdict, title, reason, findings = [] } = failure
  return html`<li class="${verdict}"><span>${shape(verdict)} <a href="#${id}">${id}</a> <span class="level">${level}</span></span>
<span>${findings[0]?.message ?? reason ?? sentence(title)}</span></li>`
}

function oneProblem(title: string, failures: readonly ReportedRequirement[]): Markup {
  return html`<li class="fail"><span>${shape('fail')} <a href="#diagnosis">one cause</a></span>
<span>${title} It breaks ${failures.map(({ id }) => html`<a href="#${id}">${id}</a> `)}</span></li>`
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
  const whole = target.whole_thread_read ? ', the whole thread' : ', not the whole thread'
  rows.push(['Events read', `${target.events_read}${target.events_read === 0 ? '' : whole}`])
  rows.push(['Started', report.started_at], ['Took', `${(report.duration_ms / 1000).toFixed(1)} s`])
  rows.push([
    'Exit code',
    `${report.exit_code}${report.strict ? ', strict: a failing SHOULD gates too' : ''}`,
  ])
  const data = generatedSentence(report)
  if (data !== undefined) rows.push(['Generated data', data])
  if (report.seed !== undefined) rows.push(['Seed', String(report.seed)])
  rows.push([
    'Traffic',
    [
      `${traffic.requests} requests`,
      `${traffic.streams} of them streams`,
      `${sizeOf(traffic.bytes)} received`,
      `${traffic.retries} retries`,
      `${traffic.rate_limit_waits} rate-limit waits`,
      `${traffic.failures} without an answer`,
    ].join(', '),
  ])
  return html`<dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}

function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
