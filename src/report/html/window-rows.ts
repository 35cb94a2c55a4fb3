import { type AlignedRow, alignIds } from '../align.ts'
import { html, type Markup } from './markup.ts'
import { shortNames } from './short-names.ts'

/** So many columns stand side by side on a page and on paper; more go into further tables below. */
const columns = 7

/** A window of ids as two aligned rows, with a third that names what became of each record that differs. */
export function windowRows(expected: readonly string[], actual: readonly string[]): Markup {
  const rows = alignIds(expected, actual)
  const names = shortNames([...expected, ...actual])
  const parts = Array.from({ length: Math.ceil(rows.length / columns) }, (_, at) =>
    rows.slice(at * columns, (at + 1) * columns),
  )
  const fate = fates(expected, actual)
  return html`<div class="window" role="group" aria-label="Expected and seen ids">
${parts.map((part) => table(part, names, fate))}
${expected.length === 0 ? html`<p class="note">Nothing was expected.</p>` : ''}${actual.length === 0 ? html`<p class="note">Nothing came.</p>` : ''}
<details class="whole"><summary>Whole ids</summary><div class="pair">
<div><h6>expected</h6><pre>${expected.join('\n')}</pre></div>
<div><h6>seen</h6><pre>${actual.join('\n')}</pre></div>
</div></details>
</div>`
}

function table(part: readonly AlignedRow[], names: ReadonlyMap<string, string>, fate: Fate): Markup {
  const row = (name: string, side: 'left' | 'right') =>
    html`<tr><th scope="row">${name}</th>${part.map((one) => cell(one, one[side], names))}</tr>`
  return html`<div class="scroll"><table>
${row('expected', 'left')}
${row('seen', 'right')}
<tr class="marks"><th scope="row">difference</th>${part.map((one) => html`<td>${fate(one)}</td>`)}</tr>
</table></div>`
}

function cell(row: AlignedRow, id: string | undefined, names: ReadonlyMap<string, string>): Markup {
  if (isGap(row)) return html`<td class="gap"><span title="the same in both">⋯</span></td>`
  if (id === undefined) return html`<td class="none">—</td>`
  return html`<td${row.same ? '' : html` class="differs"`}><span title="${id}">${names.get(id) ?? id}</span></td>`
}

type Fate = (row: AlignedRow) => Markup | string

// What is missing in one place and surplus in another was moved; what came before and comes again was repeated.
function fates(expected: readonly string[], actual: readonly string[]): Fate {
  const [due, came] = [new Set(expected), new Set(actual)]
  return (row) => {
    const { left, right, same } = row
    if (isGap(row)) return ''
    if (same) return html`<span class="seen-by-readers">same</span>`
    if (left !== undefined) return came.has(left) ? '↷ moved' : '− missing'
    if (right === undefined) return ''
    if (!due.has(right)) return '+ extra'
    return actual.indexOf(right) !== actual.lastIndexOf(right) ? '+ again' : '↶ moved'
  }
}

function isGap({ left, right }: AlignedRow): boolean {
  return left === undefined && right === undefined
}
