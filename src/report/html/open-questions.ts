import type { Report } from '../model.ts'
import { type ExchangeIndex, exchangeLine } from './exchanges.ts'
import { html, type Markup } from './markup.ts'
import { waiver } from './requirement.ts'

/** What the documents leave open, as questions to the owner of the target, each with what was seen. */
export function openQuestions({ observations }: Report, exchanges: ExchangeIndex): Markup {
  if (observations.length === 0) return html``
  return html`<section aria-labelledby="questions">
<h2 id="questions">Questions to the owner</h2>
<details><summary>${observations.length} points that the contract leaves open; nothing here is judged</summary>
<dl class="questions">${observations.map(
    ({ question, seen, exchanges: ids }) =>
      html`<div><dt>${question}</dt><dd>${seen}${ids.flatMap((id) => exchanges.get(id) ?? []).map(exchangeLine)}</dd></div>`,
  )}</dl>
</details></section>`
}

/** Waivers that cover nothing: someone has to renew or remove them. */
export function idleWaivers({ waivers }: Report): Markup {
  const idle = waivers.filter(({ state }) => state !== 'used')
  if (idle.length === 0) return html``
  return html`<section aria-labelledby="waivers">
<h2 id="waivers">Waivers that cover nothing</h2>
${idle.map(
  ({ waiver: one, state }) =>
    html`<p><strong>${one.requirement}</strong> ${state === 'expired' ? 'has expired: renew it, or fix the failure.' : state === 'dormant' ? 'is blocked at present.' : 'matches no failure: remove it.'}</p>${waiver(one)}`,
)}
</section>`
}
