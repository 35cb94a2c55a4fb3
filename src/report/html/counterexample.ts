import type { JsonValue } from '../../contract/json.ts'
import {
  eventCells,
  foundBy,
  type LoadedThread,
  loadedThreads,
  type ReplayableReport,
  replayLine,
  threadHead,
} from '../counterexample-text.ts'
import type { ReportedCounterexample } from '../model.ts'
import { reproducedText } from '../sentences.ts'
import { command } from './exchanges.ts'
import { html, type Markup } from './markup.ts'

/** Threads with more events are collapsed. */
const mostOpen = 12
/** Further events are only in conformance.json. */
const mostEvents = 200
const mostJsonChars = 20_000

/** The smallest generated data that shows a failure: the world, the requests, and the command that repeats them. */
export function counterexample(one: ReportedCounterexample | undefined, report: ReplayableReport): Markup {
  if (one === undefined) return html``
  return html`<article class="finding counterexample">
<h5>Smallest generated data that shows the failure</h5>
${loaded(one.world)}
<h6>Requests</h6>
<ol class="steps">${one.steps.map((step) => html`<li><code>${step}</code></li>`)}</ol>
<h6>Replay</h6>
${command(replayLine(one.requirement, report), 'Copy replay')}
<p class="note">${[reproducedText(one.reproduced), foundBy(one)].filter((text) => text !== '').join(', ')}</p>
</article>`
}

function loaded(world: JsonValue): Markup {
  const threads = loadedThreads(world)
  if (threads.length === 0) return html`<p>The requests were sent to the target’s own thread.</p>`
  const json = JSON.stringify(world, null, 1)
  const whole =
    json.length > mostJsonChars
      ? html`<p class="note">conformance.json has the complete world.</p>`
      : html`<details class="whole"><summary>The world as JSON</summary><pre>${json}</pre></details>`
  return html`<h6>Data</h6>
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
