import type { ReportedFinding } from '../model.ts'
import { evidence } from './evidence.ts'
import { curl, type ExchangeIndex, exchangeLine } from './exchanges.ts'
import { html, type Markup } from './markup.ts'

const mostExchanges = 12

/** One violation: what it is, expected against seen, the requests that show it, and how to ask again. */
export function finding(
  one: ReportedFinding,
  number: number,
  count: number,
  exchanges: ExchangeIndex,
): Markup {
  const shown = one.exchanges.flatMap((id) => exchanges.get(id) ?? [])
  const [first] = shown
  return html`<article class="finding">
<h5>${count === 1 ? 'Finding' : `Finding ${number} of ${count}`}</h5>
<p class="message">${one.message}</p>
${evidence(one, shown)}
${first === undefined ? '' : curl(first.curl)}
${shown.slice(0, mostExchanges).map(exchangeLine)}
${shown.length > mostExchanges ? html`<p class="note">and ${shown.length - mostExchanges} more, under “All exchanges”</p>` : ''}
<p class="note">Kind <code>${one.kind}</code>, fingerprint <code>${one.fingerprint}</code></p>
</article>`
}
