import { html, type Markup } from './markup.ts'
import { shortNames } from './short-names.ts'
import { type WindowColumn, windowColumns } from './window-columns.ts'

/** Columns of one table, so that it fits on paper; more go into further tables below. */
const columnsAtOnce = 6
/** Aligning longer lists would take too long. */
const mostIds = 400

/** Two lists of ids as aligned rows, with a third row that names each difference. */
export function windowRows(expected: readonly string[], actual: readonly string[]): Markup {
  const columns = windowColumns(expected.slice(0, mostIds), actual.slice(0, mostIds))
  const names = shortNames([...expected, ...actual])
  const parts = Array.from({ length: Math.ceil(columns.length / columnsAtOnce) }, (_, at) =>
    columns.slice(at * columnsAtOnce, (at + 1) * columnsAtOnce),
  )
  return html`<div class="window">
${parts.map((part) => table(part, names))}
${note(expected, 'No events were expected.')}${note(actual, 'No events were returned.')}
<details class="whole"><summary>Show full IDs</summary><div class="pair">
<div><h6>expected</h6><pre>${expected.join('\n')}</pre></div>
<div><h6>got</h6><pre>${actual.join('\n')}</pre></div>
</div></details>
</div>`
}

function note(ids: readonly string[], ofNone: string): Markup | undefined {
  if (ids.length === 0) return html`<p class="note">${ofNone}</p>`
  if (ids.length > mostIds)
    return html`<p class="note">Only the first ${mostIds} of ${ids.length} IDs are shown.</p>`
  return undefined
}

function table(part: readonly WindowColumn[], names: ReadonlyMap<string, string>): Markup {
  const row = (name: string, side: 'expected' | 'got') =>
    html`<tr><th scope="row">${name}</th>${part.map((column) => cell(column, column[side], names))}</tr>`
  return html`<div class="scroll" role="group" aria-label="IDs side by side" tabindex="0"><table>
${row('expected', 'expected')}
${row('got', 'got')}
<tr class="marks"><th scope="row">difference</th>${part.map(
    ({ difference }) =>
      html`<td>${difference === '' ? html`<span class="seen-by-readers">same</span>` : difference}</td>`,
  )}</tr>
</table></div>`
}

function cell(
  { gap, difference }: WindowColumn,
  id: string | undefined,
  names: ReadonlyMap<string, string>,
): Markup {
  if (gap > 0) return html`<td class="gap">… ${gap} more</td>`
  if (id === undefined) return html`<td class="none">—</td>`
  return html`<td${difference === '' ? '' : html` class="differs"`}><span title="${id}">${names.get(id) ?? id}</span></td>`
}
