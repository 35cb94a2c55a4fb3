import { featureRows, shortIds } from '../feature-rows.ts'
import type { Report } from '../model.ts'
import { html, type Markup } from './markup.ts'
import { shape } from './state.ts'

/** The feature table: what the target does with each feature of the route. */
export function featureSection(report: Report): Markup {
  const rows = featureRows(report)
  if (rows.length === 0) return html``
  return html`<section aria-labelledby="features">
<h2 id="features">Features of this server</h2>
<div class="scroll" role="group" aria-label="Features" tabindex="0"><table class="features">
<thead class="seen-by-readers"><tr><th scope="col">Feature</th><th scope="col">State</th><th scope="col">Requirement</th><th scope="col">Evidence</th></tr></thead>
<tbody>${rows.map(({ features: names, state, requirements, detail, request }) => {
    const mark = state === 'works' ? 'pass' : state === 'unknown' ? 'inconclusive' : 'fail'
    return html`<tr><th scope="row">${names.join(', ')}</th><td class="${mark}">${shape(mark)} ${state}</td>
<td>${requirements.map((id) => html`<a href="#${id}">${id}</a> `)}</td>
<td>${shortIds(detail)}${request === '' ? '' : html` <code>${request}</code>`}</td></tr>`
  })}</tbody></table></div>
</section>`
}
