import { diagnosisParts } from '../diagnosis-text.ts'
import type { Report } from '../model.ts'
import { html, type Markup } from './markup.ts'

/** The known bugs that produce the same responses as the target. */
export function diagnosis(report: Report): Markup {
  if (report.diagnosis === undefined) return html``
  const asked = new Map(report.exchanges.map((exchange) => [exchange.id, exchange]))
  return html`<section aria-labelledby="diagnosis">
<details><summary><h2 id="diagnosis">Diagnosis</h2> <span class="note">your requests, replayed against servers with known bugs</span></summary>
<p class="note">The diagnosis does not change the verdict.</p>
${diagnosisParts(report.diagnosis).map(
  ({ title, lines, exchange }) => html`<article>
<h3>${title}</h3>
<dl class="facts">${lines.map(([label, text]) => html`<dt>${label}</dt><dd>${text}</dd>`)}${shownBy(exchange === undefined ? undefined : asked.get(exchange)?.target)}</dl>
</article>`,
)}
</details></section>`
}

function shownBy(target: string | undefined): Markup {
  return target === undefined ? html`` : html`<dt>shown by</dt><dd><code>${target}</code></dd>`
}
