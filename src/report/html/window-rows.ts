import { html, type Markup } from './markup.ts'
import { shortNames } from './short-names.ts'
import { type WindowColumn, windowColumns } from './window-columns.ts'

/** So many columns stand side by side on a page and on paper; more go into further tables below. */
const columnsAtOnce = 7
/** Longer lists are no windows; setting them side by side would take too long. */
const mostIds = 400

/** A window of ids as two aligned rows, with a third that names what became of each record that differs. */
export function windowRows(expected: readonly string[], actual: readonly string[]): Markup {
  const columns = windowColumns(expected.slice(0, mostIds), actual.slice(0, mostIds))
  const names = shortNames([...expected, ...actual])
  const parts = Array.from({ length: Math.ceil(columns.length / columnsAtOnce) }, (_, at) =>
    columns.slice(at * columnsAtOnce, (at + 1) * columnsAtOnce),
  )
  return html`<div class="window">
${parts.map((part) => table(part, names))}
${note(expected, 'Nothing was expected.')}${note(actual, 'Nothing came.')}
<details class="whole"><summary>Whole ids</summary><div class="pair">
<div><h6>expected</h6><pre>${expected.join('\n')}</pre></div>
<div><h6>seen</h6><pre>${actual.join('\n')}</pre></div>
</div></details>
</div>`
}

function note(ids: readonly string[], ofNone: string): Markup | undefined {
  if (ids.length === 0) return html`<p class="note">${ofNone}</p>`
  if (ids.length > mostIds)
    return html`<p class="note">Drawn are the first ${mostIds} of ${ids.length} ids.</p>`
  return undefined
}

function table(part: readonly WindowColumn[], names: ReadonlyMap<string, string>): Markup {
  const row = (name: string, side: 'expected' | 'seen') =>
    html`<tr><th scope="row">${name}</th>${part.map((column) => cell(column, column[side], names))}</tr>`
  return html`<div class="scroll" role="group" aria-label="Ids side by side" tabindex="0"><table>
${row('expected', 'expected')}
${row('seen', 'seen')}
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
