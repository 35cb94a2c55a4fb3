import type { Waiver } from '../../verdict/waivers.ts'
import { replayLine } from '../counterexample-text.ts'
import type { Report, ReportedCounterexample, ReportedRequirement } from '../model.ts'
import { counterexample } from './counterexample.ts'
import type { ExchangeIndex } from './exchanges.ts'
import { finding } from './finding.ts'
import { html, type Markup, sentence } from './markup.ts'
import { shape, states, stateWords } from './state.ts'

const mostShown = 3

const sources: Readonly<Record<string, string>> = {
  page: 'API reference',
  pagination: 'API reference, pagination',
  errors: 'API reference, errors',
  stream: 'API reference, streams',
  rfc: 'RFC 9110, RFC 3339 or the WHATWG HTML standard',
  implied: 'implied by the others',
}

/** All requirements by state, failures first, each collapsed. */
export function requirementSections(report: Report, exchanges: ExchangeIndex): Markup {
  const made = (id: string) => report.generated?.counterexamples.find(({ requirement }) => requirement === id)
  const named = states.flatMap((state) => {
    const own = report.requirements.filter(({ verdict }) => verdict === state)
    if (state !== 'inconclusive') return [{ name: stateWords[state], group: own }]
    return [
      { name: 'blocked', group: own.filter(({ blocked_by }) => blocked_by !== undefined) },
      { name: 'not judged', group: own.filter(({ blocked_by }) => blocked_by === undefined) },
    ]
  })
  const groups = named
    .filter(({ group }) => group.length > 0)
    .map(
      ({ name, group }, at) => html`<section class="area" aria-labelledby="area-${at}">
<h3 id="area-${at}">${name} (${group.length})</h3>
${group.map((one) => requirement(one, exchanges, made(one.id), report))}
</section>`,
    )
  return html`${groups}<p id="nothing" hidden>No requirement matches the filters.</p>`
}

function requirement(
  one: ReportedRequirement,
  exchanges: ExchangeIndex,
  made: ReportedCounterexample | undefined,
  report: Report,
): Markup {
  const { id, level, verdict, area, title } = one
  return html`<details class="requirement ${verdict}" id="${id}" data-state="${verdict}" data-level="${level}" data-area="${area}">
<summary>${shape(verdict)}<span class="word">${stateWords[verdict]}</span>
<h4><span class="id">${id}</span> ${sentence(title)}</h4> <span class="level">${level}</span></summary>
<div class="body">
${facts(one)}
${(one.waived_by ?? []).map(waiver)}
${findings(one, exchanges, report)}
${counterexample(made, report)}
</div>
</details>`
}

function facts({ verdict, judged, source, reason, provide, reproduced }: ReportedRequirement): Markup {
  const rows: (readonly [string, Markup | string])[] = [
    ['Source', source.map((name) => sources[name] ?? name).join('; ')],
    ['Checked', cases(judged)],
  ]
  if (reproduced !== undefined) rows.push(['Reproduced', reproduced])
  if (reason !== undefined)
    rows.push([
      verdict === 'inconclusive' && !reason.startsWith('blocked ') ? 'Missing' : 'Reason',
      sentence(reason),
    ])
  if (provide !== undefined) rows.push(['What to provide', html`<strong>${sentence(provide)}</strong>`])
  return html`<dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}

function cases(judged: number | undefined): string {
  if (judged === undefined || judged === 0) return 'no case'
  return judged === 1 ? 'one case' : `${judged} cases`
}

/** A waiver with owner, expiry and reason. */
export function waiver({ owner, reason, expires, link, fingerprint }: Waiver): Markup {
  return html`<p class="waiver">${shape('waived')} Waived by <strong>${owner}</strong> until ${expires}${
    fingerprint === undefined ? '' : html`, for <code>${fingerprint}</code> only`
  }: ${reason}${link === undefined ? '' : html` ${webLink(link)}`}</p>`
}

// A link may have any scheme, and some schemes run code.
function webLink(link: string): Markup {
  return /^https?:\/\//i.test(link)
    ? html`<a href="${link}" rel="noopener noreferrer">${link}</a>`
    : html`<code>${link}</code>`
}

function findings(
  { id, findings = [] }: ReportedRequirement,
  exchanges: ExchangeIndex,
  report: Report,
): Markup {
  const replay = replayLine(id, report)
  const drawn = findings.map((one, at) => finding(one, at + 1, findings.length, exchanges, replay))
  const rest = drawn.slice(mostShown)
  return html`${drawn.slice(0, mostShown)}${
    rest.length === 0
      ? ''
      : html`<details class="more"><summary>${rest.length} more findings</summary>${rest}</details>`
  }`
}
