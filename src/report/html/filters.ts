import type { ReportedRequirement } from '../model.ts'
import { areaName, byArea } from './area-name.ts'
import { html, type Markup } from './markup.ts'
import { shape, states, stateWords } from './state.ts'

/** The controls that select requirements, and the number of requirements shown. */
export function filters(requirements: readonly ReportedRequirement[]): Markup {
  const present = states.flatMap((state) => {
    const count = requirements.filter(({ verdict }) => verdict === state).length
    return count === 0 ? [] : [{ state, count }]
  })
  const areas = [...byArea(requirements).keys()]
  return html`<form id="filters" class="filters" role="search" aria-label="Filter the requirements">
<fieldset><legend>State</legend>${present.map(
    ({ state, count }) =>
      html`<label><input type="checkbox" name="state" value="${state}" checked>${shape(state)} ${stateWords[state]} <span class="count">${count}</span></label>`,
  )}</fieldset>
<fieldset><legend>Level</legend>${['MUST', 'SHOULD'].map(
    (level) => html`<label><input type="checkbox" name="level" value="${level}" checked> ${level}</label>`,
  )}</fieldset>
<label class="field">Area <select name="area"><option value="">all</option>${areas.map(
    (area) => html`<option value="${area}">${areaName(area)}</option>`,
  )}</select></label>
<label class="field">Text <input type="search" name="text" autocomplete="off" spellcheck="false"></label>
<button type="reset">Show all</button>
<p id="shown" role="status" aria-live="polite">${requirements.length} of ${requirements.length} requirements shown</p>
</form>`
}
