import type { JsonValue } from '../../contract/json.ts'
import {
  eventCells,
  foundBy,
  type LoadedThread,
  loadedThreads,
  replayLine,
  threadHead,
} from '../counterexample-text.ts'
import type { ReportedCounterexample } from '../model.ts'
import { command } from './exchanges.ts'
import { html, type Markup } from './markup.ts'

/** A thread of more events than these is folded. */
const mostOpen = 12
/** What is beyond these is in conformance.json alone. */
const mostEvents = 200
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
${threads.map(loadedThread)}
${whole}`
}

function loadedThread(thread: LoadedThread, at: number): Markup {
  const head = threadHead(thread, at)
  if (thread.events.length === 0) return html`<p class="note">${head}</p>`
  if (thread.events.length <= mostOpen) return html`<p class="note">${head}</p>${table(thread, head)}`
  const rest = thread.events.length - mostEvents
  return html`<details class="whole"><summary>${head}</summary>${table(thread, head)}${
    rest > 0 ? html`<p class="note">and ${rest} more, see conformance.json</p>` : ''
  }</details>`
}

function table({ events }: LoadedThread, head: string): Markup {
  return html`<div class="scroll" role="group" aria-label="${head}" tabindex="0"><table class="world">
<thead><tr><th scope="col">created_at</th><th scope="col">id</th><th scope="col">type</th></tr></thead>
<tbody>${events.slice(0, mostEvents).map(row)}</tbody></table></div>`
}

function row(event: JsonValue): Markup {
  return html`<tr>${eventCells(event).map((cell) => html`<td><code>${cell}</code></td>`)}</tr>`
}
