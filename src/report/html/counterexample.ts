import type { JsonValue } from '../../contract/json.ts'
import { eventCells, foundBy, loadedThreads, replayLine, threadHead } from '../counterexample-text.ts'
import type { ReportedCounterexample } from '../model.ts'
import { command } from './exchanges.ts'
import { html, type Markup } from './markup.ts'

/** More events of one thread than these are in conformance.json alone. */
const mostEvents = 50
const mostJsonChars = 20_000

/** What generated data came down to: the smallest world, the questions about it, and how to ask them again. */
export function counterexample(one: ReportedCounterexample | undefined): Markup {
  if (one === undefined) return html``
  return html`<article class="finding counterexample">
<h5>The smallest case of generated data that shows it</h5>
${loaded(one.world)}
<h6>Asked</h6>
<ol class="steps">${one.steps.map((step) => html`<li><code>${step}</code></li>`)}</ol>
<h6>Ask it again</h6>
${command(replayLine(one), 'Copy command')}
<p class="note">Seen ${one.reproduced}, ${foundBy(one)}</p>
</article>`
}

function loaded(world: JsonValue): Markup {
  const threads = loadedThreads(world)
  if (threads.length === 0) return html`<p>It was asked about the thread of the target as it is.</p>`
  const json = JSON.stringify(world, null, 1)
  const whole =
    json.length > mostJsonChars
      ? html`<p class="note">The whole world is in conformance.json.</p>`
      : html`<details class="whole"><summary>The world as JSON</summary><pre>${json}</pre></details>`
  return html`<h6>Loaded</h6>
${threads.map((thread, at) => {
  const rows = thread.events.slice(0, mostEvents)
  const rest = thread.events.length - rows.length
  const head = threadHead(thread, at)
  if (rows.length === 0) return html`<p class="note">${head}</p>`
  return html`<div class="scroll" role="group" aria-label="${head}" tabindex="0"><table class="world"><caption>${head}</caption>
<thead><tr><th scope="col">created_at</th><th scope="col">id</th><th scope="col">type</th></tr></thead>
<tbody>${rows.map((event) => html`<tr>${eventCells(event).map((cell) => html`<td><code>${cell}</code></td>`)}</tr>`)}</tbody></table></div>
${rest === 0 ? '' : html`<p class="note">and ${rest} more</p>`}`
})}
${whole}`
}
