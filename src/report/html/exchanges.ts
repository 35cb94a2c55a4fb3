import type { ReportedExchange } from '../model.ts'
import { html, type Markup, printableLines, verbatim } from './markup.ts'

/** The exchanges of a report by their number. */
export type ExchangeIndex = ReadonlyMap<number, ReportedExchange>

/** One exchange as a line; its contents are built when it is opened. */
export function exchangeLine(exchange: ReportedExchange): Markup {
  return html`<details class="exchange" data-exchange="${exchange.id}">
<summary><span class="number">#${exchange.id}</span> <code>${exchange.method} ${exchange.target}</code> <span class="answer">${answer(exchange)}</span></summary>
</details>`
}

function answer({ status, failure, total_ms }: ReportedExchange): string {
  return `${status ?? failure ?? 'no response'}, ${total_ms} ms`
}

/** A command to paste, with a button that copies it. */
export function command(line: string, label: string): Markup {
  return html`<div class="curl"><code>${line}</code><button type="button" class="copy">${label}</button></div>`
}

/** The list of all exchanges in the report, built when it is opened. */
export function allExchanges(exchanges: readonly ReportedExchange[], requests: number): Markup {
  if (exchanges.length === 0) return html``
  return html`<section aria-labelledby="exchanges">
<details id="all-exchanges"><summary><h2 id="exchanges">Exchanges</h2> <span class="note">${exchanges.length} of ${requests} requests, with headers and bodies</span></summary></details>
</section>`
}

/**
 * The exchanges as data for the script. The text cannot end the script element or open another, and invisible characters
 * are escaped here, so that the script can show the text unchanged.
 */
export function exchangeData(exchanges: readonly ReportedExchange[]): Markup {
  const json = JSON.stringify(exchanges, (_key, value: unknown) =>
    typeof value === 'string' ? printableLines(value) : value,
  ).replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return verbatim(`<script type="application/json" id="exchange-data">${json}</script>`)
}
