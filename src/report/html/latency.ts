import type { Traffic } from '../../wire/traffic.ts'
import type { ReportedExchange } from '../model.ts'
import { html, type Markup } from './markup.ts'

const width = 640
const left = 110
const right = 16
const rowHeight = 34
/** Further kinds share the last row, so that the plot stays bounded for any report. */
const mostKinds = 12

interface Kind {
  readonly name: string
  /** Milliseconds to the first byte, ascending. */
  readonly latencies: readonly number[]
}

/** Response times by kind of request: a dot for each exchange, and the same as a table. */
export function latency(exchanges: readonly ReportedExchange[], traffic: Traffic): Markup {
  const kinds = kindsOf(exchanges)
  const all = kinds.flatMap(({ latencies }) => latencies)
  const known = traffic.latency_ms
  return html`<section aria-labelledby="latency">
<details><summary><h2 id="latency">Latency</h2> <span class="note">response times by kind of request; not judged</span></summary>
${known === null ? '' : html`<p>Time to first byte of all requests: median ${known.p50} ms, p90 ${known.p90} ms, p99 ${known.p99} ms, maximum ${known.max} ms.</p>`}
${
  all.length === 0
    ? ''
    : html`<figure>${plot(kinds, all)}
<figcaption>Milliseconds to first byte by kind of request, for the ${all.length} responses in this report. The bar is the median.</figcaption></figure>
${table(kinds)}`
}
</details>
</section>`
}

function kindsOf(exchanges: readonly ReportedExchange[]): readonly Kind[] {
  const byName = new Map<string, number[]>()
  for (const { purpose, first_byte_ms } of exchanges) {
    if (first_byte_ms === null) continue
    const name = byName.has(purpose) || byName.size < mostKinds - 1 ? purpose : 'others'
    const list = byName.get(name)
    if (list === undefined) byName.set(name, [first_byte_ms])
    else list.push(first_byte_ms)
  }
  return [...byName].map(([name, list]) => ({ name, latencies: list.sort((a, b) => a - b) }))
}

function plot(kinds: readonly Kind[], all: readonly number[]): Markup {
  const height = 12 + kinds.length * rowHeight + 36
  const { place, ticks } = scaleOf(all)
  const bottom = height - 30
  const rows = kinds.map(({ name, latencies }, row) => {
    const middle = 12 + row * rowHeight + rowHeight / 2
    const dots = latencies.map((ms, at) => `M${place(ms)} ${middle + spread(at)}h0`).join('')
    const median = place(quantile(latencies, 0.5))
    return html`<text x="${left - 12}" y="${middle + 4}" text-anchor="end">${name.slice(0, 14)}</text>
<path class="dots" d="${dots}"></path><path class="median" d="M${median} ${middle - 13}v26"></path>`
  })
  return html`<svg class="latency" viewBox="0 0 ${width} ${height}" role="img" aria-label="Latency by kind of request; the table below has the numbers.">
${ticks.map((ms) => html`<path class="grid" d="M${place(ms)} 8V${bottom}"></path><text x="${place(ms)}" y="${bottom + 16}" text-anchor="middle">${ms} ms</text>`)}
${rows}
</svg>`
}

// Logarithmic, since a slow response may take a thousand times as long as a fast one.
function scaleOf(all: readonly number[]) {
  const least = Math.max(
    0.1,
    Math.min(
      ...all.slice(0, 1),
      all.reduce((a, b) => Math.min(a, b), Infinity),
    ),
  )
  const most = Math.max(
    least,
    all.reduce((a, b) => Math.max(a, b), 0),
  )
  const from = 10 ** Math.floor(Math.log10(least))
  const to = Math.max(from * 10, 10 ** Math.ceil(Math.log10(most)))
  const decades = Math.round(Math.log10(to / from))
  const place = (ms: number) => {
    const share = Math.log10(Math.max(ms, from) / from) / decades
    return Math.round((left + share * (width - left - right - 20)) * 10) / 10
  }
  const ticks = Array.from({ length: decades + 1 }, (_, at) => Number((from * 10 ** at).toPrecision(1)))
  return { place, ticks }
}

// Spreads the dots of a row vertically, the same way in every report.
function spread(at: number): number {
  return ((at * 7) % 19) - 9
}

function table(kinds: readonly Kind[]): Markup {
  return html`<table class="numbers"><thead><tr><th scope="col">kind</th><th scope="col">responses</th><th scope="col">median ms</th><th scope="col">p90 ms</th><th scope="col">max ms</th></tr></thead>
<tbody>${kinds.map(
    ({ name, latencies }) =>
      html`<tr><th scope="row">${name}</th><td>${latencies.length}</td><td>${quantile(latencies, 0.5)}</td><td>${quantile(latencies, 0.9)}</td><td>${latencies.at(-1)}</td></tr>`,
  )}</tbody></table>`
}

function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))] ?? 0
}
