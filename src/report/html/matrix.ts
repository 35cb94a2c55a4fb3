import type { ReportedRequirement } from '../model.ts'
import { areaName, byArea } from './area-name.ts'
import { html, type Markup } from './markup.ts'
import { shape, stateWords } from './state.ts'

/** The contract in one picture: a row for each area, a cell for each requirement that leads to it. */
export function matrix(requirements: readonly ReportedRequirement[]): Markup {
  const rows = [...byArea(requirements)].map(
    ([area, group]) => html`<tr>
<th scope="row">${areaName(area)}</th>
<td><ul class="cells">${group.map(cell)}</ul></td>
</tr>`,
  )
  return html`<section aria-labelledby="contract">
<h2 id="contract">The contract</h2>
<table class="matrix">
<thead class="seen-by-readers"><tr><th scope="col">Area</th><th scope="col">Requirements</th></tr></thead>
<tbody>${rows}</tbody>
</table>
<p class="note">A dashed frame is a SHOULD. Each cell leads to its requirement.</p>
</section>`
}

function cell({ id, verdict, level, title }: ReportedRequirement): Markup {
  return html`<li><a class="cell ${verdict} ${level.toLowerCase()}" href="#${id}" title="${title}">
${shape(verdict)}<span class="id">${id}</span> <span class="word">${stateWords[verdict]}</span>${
    level === 'SHOULD' ? html`<span class="seen-by-readers">, SHOULD</span>` : ''
  }</a></li>`
}
