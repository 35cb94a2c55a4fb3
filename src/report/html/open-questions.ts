import type { Report } from '../model.ts'
import { type ExchangeIndex, exchangeLine } from './exchanges.ts'
import { html, type Markup } from './markup.ts'
import { waiver } from './requirement.ts'

/** Questions that the contract leaves open, each with what the target does. */
export function openQuestions({ observations }: Report, exchanges: ExchangeIndex): Markup {
  if (observations.length === 0) return html``
  return html`<section aria-labelledby="questions">
<details><summary><h2 id="questions">Observations</h2> <span class="note">${observations.length} questions that the contract leaves open; not judged</span></summary>
<dl class="questions">${observations.map(
    ({ question, seen, exchanges: ids }) =>
      html`<div><dt>${question}</dt><dd>${seen}${ids.flatMap((id) => exchanges.get(id) ?? []).map(exchangeLine)}</dd></div>`,
  )}</dl>
</details></section>`
}

/** Waivers that cover no failure and need to be renewed or removed. */
export function idleWaivers({ waivers }: Report): Markup {
  const idle = waivers.filter(({ state }) => state !== 'used')
  if (idle.length === 0) return html``
  return html`<section aria-labelledby="waivers">
<h2 id="waivers">Waivers without effect</h2>
${idle.map(
  ({ waiver: one, state }) =>
    html`<p><strong>${one.requirement}</strong> ${state === 'expired' ? 'has expired: renew it, or fix the failure.' : state === 'dormant' ? 'has no effect while the requirement is blocked.' : 'matches no failure: remove it.'}</p>${waiver(one)}`,
)}
</section>`
}
