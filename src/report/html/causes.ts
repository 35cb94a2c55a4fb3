import type { ReportedCause } from '../causes.ts'
import { replayLine } from '../counterexample-text.ts'
import { shortIds, shortRequest } from '../feature-rows.ts'
import type { Report, ReportedRequirement } from '../model.ts'
import { reproducedText, unblocksText } from '../sentences.ts'
import { reproduce } from '../terminal-causes.ts'
import { blockedByCause, flakyFailures, openGroups, reasonText } from '../verdict-groups.ts'
import { evidence } from './evidence.ts'
import { command, type ExchangeIndex } from './exchanges.ts'
import { html, type Markup, sentence } from './markup.ts'
import { shape } from './state.ts'

/** The root causes in the order in which to fix them; the first is open. */
export function causes(report: Report, exchanges: ExchangeIndex): Markup {
  if (report.causes.length === 0) return html``
  const byId = new Map(report.requirements.map((one) => [one.id, one]))
  return html`<section aria-labelledby="causes">
<h2 id="causes">Root causes</h2>
${report.causes.map((cause, at) => {
  const own = cause.requirements.flatMap((id) => byId.get(id) ?? [])
  return oneCause(cause, at, own, report, exchanges)
})}
</section>`
}

function oneCause(
  cause: ReportedCause,
  at: number,
  own: readonly ReportedRequirement[],
  report: Report,
  exchanges: ExchangeIndex,
): Markup {
  const gain = unblocksText(cause.blocked.length)
  const state = cause.waived === true ? 'waived' : 'fail'
  const open = at === 0 && cause.waived !== true ? html` open` : ''
  return html`<details class="cause ${state}" id="cause-${at + 1}"${open}>
<summary>${shape(state)} <h3>${at + 1}. ${sentence(shortIds(cause.title))}</h3> <span class="note">${cause.requirements.map((id, index) => html`${index === 0 ? '' : ', '}<span class="nowrap">${id}</span>`)}${cause.waived === true ? ', waived' : ''}${gain === '' ? '' : `; ${gain}`}</span></summary>
<div class="body">${reproduction(cause, own, exchanges, report)}
<dl class="facts">${advice(cause)}${blocked(cause, report)}<dt>Requirements</dt><dd>${own.map(
    ({ id, level, title }) => html`<a href="#${id}">${id}</a> ${level} ${sentence(title)}<br>`,
  )}</dd></dl>
</div>
</details>`
}

function reproduction(
  cause: ReportedCause,
  [first]: readonly ReportedRequirement[],
  exchanges: ExchangeIndex,
  report: Report,
): Markup {
  const shown = first?.findings?.[0]
  const exchange = exchanges.get(cause.finding?.exchange ?? 0)
  const [curl] = reproduce(cause, report)
  if (first === undefined || shown === undefined) return html``
  return html`${exchange === undefined ? '' : html`<p><code>${shortRequest(exchange)}</code> <span class="note">${reproducedText(first.reproduced)}</span></p>`}
<h4 class="seen-by-readers">${first.id}</h4><h5 class="seen-by-readers">Evidence</h5>
${evidence(shown, exchange === undefined ? [] : [exchange])}
${exchange === undefined || curl === undefined ? '' : command(curl, 'Copy curl')}
${command(replayLine(first.id, report), 'Copy replay')}`
}

function advice({
  typical_cause,
  suggested_fix,
  known_bug,
  confidence,
  alternatives,
}: ReportedCause): Markup {
  const row = (label: string, text: string | undefined) =>
    text === undefined ? html`` : html`<dt>${label}</dt><dd>${text}</dd>`
  return html`${row('Typical cause', typical_cause)}${row('Suggested fix', suggested_fix)}${row('Known bug', known_bug)}${row('Confidence', confidence)}${row('Alternatives', alternatives?.join(' '))}`
}

function blocked(cause: ReportedCause, { causes: all }: Report): Markup {
  if (cause.blocked.length === 0) return html``
  const { only, also } = blockedByCause(cause, all)
  const links = (ids: readonly string[]) => ids.map((id) => html`<a href="#${id}">${id}</a> `)
  return html`<dt>Blocked</dt><dd>${links(only)}${also.map(
    ([ids, numbers]) => html`${links(ids)}(also by ${numbers.join(', ')}) `,
  )}</dd>`
}

/** Flaky failures, and what was not judged with what to configure. */
export function openPoints(report: Report): Markup {
  const flaky = flakyFailures(report)
  const groups = openGroups(report)
  return html`${
    flaky.length === 0
      ? ''
      : html`<section aria-labelledby="flaky"><h2 id="flaky">Flaky failures</h2><ul>${flaky.map(
          ({ requirement, rate }) =>
            html`<li><a href="#${requirement.id}">${requirement.id}</a> ${requirement.level} failed ${rate}: ${requirement.findings?.[0]?.message ?? ''}</li>`,
        )}</ul></section>`
  }${
    groups.length === 0
      ? ''
      : html`<section aria-labelledby="not-judged"><h2 id="not-judged">Not judged</h2><dl class="facts">${groups.map(
          ({ ids, reason, provide }) =>
            html`<dt>${ids.map((id) => html`<a href="#${id}">${id}</a> `)}</dt><dd>${sentence(reasonText(reason))}. ${sentence(provide)}</dd>`,
        )}</dl></section>`
  }`
}
