import type { ReportedRequirement } from '../model.ts'
import { areaName, byArea } from './area-name.ts'
import { html, type Markup } from './markup.ts'
import { shape, stateWords } from './state.ts'

/** A row for each area, with a cell for each requirement that links to its details. */
export function matrix(requirements: readonly ReportedRequirement[]): Markup {
  const rows = [...byArea(requirements)].map(
    ([area, group]) => html`<tr>
<th scope="row">${areaName(area)}</th>
<td><ul class="cells">${group.map(cell)}</ul></td>
</tr>`,
  )
  return html`<section aria-labelledby="contract">
<details><summary><h2 id="contract">Matrix</h2> <span class="note">every requirement by area</span></summary>
<table class="matrix">
<thead class="seen-by-readers"><tr><th scope="col">Area</th><th scope="col">Requirements</th></tr></thead>
<tbody>${rows}</tbody>
</table>
<p class="note">Dashed border: SHOULD. Click a cell for details.</p></details>
</section>`
}

const titleChars = 34

function shortTitle(title: string): string {
  const plain = title.replaceAll('`', '')
  return plain.length <= titleChars ? plain : `${plain.slice(0, titleChars)}…`
}

function cell({ id, verdict, level, title }: ReportedRequirement): Markup {
  return html`<li><a class="cell ${verdict} ${level.toLowerCase()}" href="#${id}" title="${title}">
${shape(verdict)}<span class="id">${id}</span> <span class="short">${shortTitle(title)}</span> <span class="word">${stateWords[verdict]}</span>${
    level === 'SHOULD' ? html`<span class="seen-by-readers">, SHOULD</span>` : ''
  }</a></li>`
}
