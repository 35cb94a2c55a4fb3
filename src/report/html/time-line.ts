import { compareInstants, parseInstant } from '../../contract/instant.ts'
import type { ReportedExchange } from '../model.ts'
import { type DatedRecord, datedRecords } from './dated-records.ts'
import { html, type Markup } from './markup.ts'
import { shortNames } from './short-names.ts'

const around = 4
const rowHeight = 26
const width = 480
const left = 120
const right = 20

/**
 * Draws records that are not in chronological order: from top to bottom in the order of the list, from left to right by
 * creation time. Times are evenly spaced, so that an error of a nanosecond is as visible as one of a year.
 * @param inverted the two records in the order of the response, each `CREATED_AT ID`
 * @returns `undefined` if the two cannot be parsed
 */
export function timeLine(
  inverted: readonly string[],
  exchanges: readonly ReportedExchange[],
): Markup | undefined {
  const pair = inverted.map(datedRecord)
  const [first, second] = pair
  if (first === undefined || second === undefined || pair.length !== 2) return undefined
  const records = neighbours(first, second, exchanges)
  const place = placesOf(records)
  if (place === undefined) return undefined
  const names = shortNames(records.map(({ id }) => id))
  const y = (at: number) => 16 + at * rowHeight
  const wrong = records.findIndex(({ id }) => id === second.id)
  const steps = records.slice(1).map((record, at) => {
    const before = records[at] ?? record
    const back = at + 1 === wrong
    return html`<line class="${back ? 'step back' : 'step'}" x1="${place(before)}" y1="${y(at)}" x2="${place(record)}" y2="${y(at + 1)}"></line>`
  })
  const rows = records.map((record, at) => {
    const involved = record.id === first.id || record.id === second.id
    return html`<g${involved ? html` class="involved"` : ''}><title>${record.createdAt} ${record.id}</title>
<text x="${left - 24}" y="${y(at) + 4}" text-anchor="end">${names.get(record.id) ?? record.id}</text>
${involved ? html`<path class="dot" d="M${place(record)} ${y(at) - 7}l7 7-7 7-7-7z"></path>` : html`<circle class="dot" cx="${place(record)}" cy="${y(at)}" r="4"></circle>`}</g>`
  })
  const newestFirst = exchanges.some(isNewestFirst)
  const [order, ofFirst, ofSecond] = newestFirst
    ? [
        'bottom to top (newest first was requested)',
        'is listed after the other, but is later',
        'is listed first',
      ]
    : ['top to bottom', 'is listed first', 'is listed after it, but is earlier']
  const height = y(records.length - 1) + 40
  return html`<figure class="time-line">
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Records in list order, placed by time: ${second.id}, created at ${second.createdAt}, is listed ${newestFirst ? 'before' : 'after'} ${first.id}, created at ${first.createdAt}.">
${steps}${rows}
<path class="axis" d="M${left} ${height - 18}H${width - right}m-6 -4l6 4-6 4"></path>
<text x="${width - right}" y="${height - 3}" text-anchor="end">later (not to scale)</text>
</svg>
<figcaption>List order from ${order}; later is further right. The dashed step goes back in time.
<dl class="timestamps"><dt>${first.createdAt}</dt><dd><code>${first.id}</code> ${ofFirst}</dd>
<dt>${second.createdAt}</dt><dd><code>${second.id}</code> ${ofSecond}</dd></dl></figcaption>
</figure>`
}

function datedRecord(text: string): DatedRecord | undefined {
  const space = text.indexOf(' evt_') === -1 ? text.indexOf(' ') : text.indexOf(' evt_')
  return space < 1 ? undefined : { createdAt: text.slice(0, space), id: text.slice(space + 1) }
}

// A page in descending order is read from its end.
function neighbours(
  first: DatedRecord,
  second: DatedRecord,
  exchanges: readonly ReportedExchange[],
): readonly DatedRecord[] {
  for (const exchange of exchanges) {
    const listed = datedRecords(exchange).filter(({ createdAt }) => parseInstant(createdAt) !== undefined)
    const records = isNewestFirst(exchange) ? listed.toReversed() : listed
    const at = records.findIndex(({ id }) => id === first.id)
    if (at !== -1 && records[at + 1]?.id === second.id)
      return records.slice(Math.max(0, at - around), at + 2 + around)
  }
  return [first, second]
}

function isNewestFirst({ target }: ReportedExchange): boolean {
  return /[?&]order=desc\b/.test(target)
}

function placesOf(records: readonly DatedRecord[]): ((record: DatedRecord) => number) | undefined {
  const known = records.flatMap((record) => {
    const instant = parseInstant(record.createdAt)
    return instant === undefined ? [] : [{ record, instant }]
  })
  if (known.length !== records.length) return undefined
  known.sort((a, b) => compareInstants(a.instant, b.instant))
  let rank = 0
  const ranks = new Map<DatedRecord, number>()
  for (const [at, { record, instant }] of known.entries()) {
    const before = known[at - 1]
    if (before !== undefined && compareInstants(before.instant, instant) !== 0) rank += 1
    ranks.set(record, rank)
  }
  const step = (width - left - right - 20) / Math.max(1, rank)
  return (record) => Math.round(left + 10 + (ranks.get(record) ?? 0) * step)
}
