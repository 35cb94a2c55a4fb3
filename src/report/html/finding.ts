import { commandsOf } from '../failure-text.ts'
import type { ReportedFinding } from '../model.ts'
import { evidence } from './evidence.ts'
import { command, type ExchangeIndex, exchangeLine } from './exchanges.ts'
import { html, type Markup } from './markup.ts'
import { shape } from './state.ts'

const mostExchanges = 12

/** One violation: message, expected and actual values, the requests that show it, and commands that repeat it. */
export function finding(
  one: ReportedFinding,
  number: number,
  count: number,
  exchanges: ExchangeIndex,
  replay: string,
): Markup {
  const shown = one.exchanges.flatMap((id) => exchanges.get(id) ?? [])
  const [first] = shown
  const [curl] = commandsOf(
    one.kind,
    shown.map((exchange) => exchange.curl),
  )
  return html`<article class="finding">
<h5>${count === 1 ? 'Finding' : `Finding ${number} of ${count}`}</h5>
<p class="message">${one.message}</p>
${one.waived_by === undefined ? '' : html`<p class="waiver">${shape('waived')} Waived by <strong>${one.waived_by}</strong>; the requirement fails because of another finding.</p>`}
${evidence(one, shown)}
${curl === undefined ? '' : command(curl, 'Copy curl')}
${command(replay, 'Copy replay')}
${shown.slice(0, mostExchanges).map(exchangeLine)}
${shown.length > mostExchanges ? html`<p class="note">and ${shown.length - mostExchanges} more, under “All exchanges”</p>` : ''}
<p class="note">Kind <code>${one.kind}</code>, fingerprint <code>${one.fingerprint}</code>${first?.trace_id === undefined ? '' : html`, trace id <code>${first.trace_id}</code>`}</p>
</article>`
}
