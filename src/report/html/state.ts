import type { RunVerdict } from '../../verdict/judge-run.ts'
import type { Verdict } from '../../verdict/outcome.ts'
import { html, type Markup, verbatim } from './markup.ts'

/** The word for each state. */
export const stateWords: Readonly<Record<Verdict, string>> = {
  fail: 'fail',
  broken: 'internal error',
  waived: 'waived',
  inconclusive: 'inconclusive',
  pass: 'pass',
  'not-run': 'not run',
}

/** All states in the order of the report. */
export const states: readonly Verdict[] = ['fail', 'broken', 'waived', 'inconclusive', 'pass', 'not-run']

/** The state that lends the verdict of a run its shape and colour. */
export const stateOfRun: Readonly<Record<RunVerdict, Verdict>> = {
  conformant: 'pass',
  nonconformant: 'fail',
  inconclusive: 'inconclusive',
  broken: 'broken',
}

/** The shape of a state; the word beside it says the same, so it is hidden from screen readers. */
export function shape(state: Verdict): Markup {
  return html`<svg class="shape ${state}" viewBox="0 0 16 16" aria-hidden="true"><use href="#shape-${state}"></use></svg>`
}

/** The shapes, defined once for the page. Each has its own outline, so that colour is not needed to tell them apart. */
export const shapes: Markup = verbatim(`<svg class="hidden" aria-hidden="true">
<symbol id="shape-pass" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7"/><path d="M4.5 8.5l2.5 2.5 4.5-5.5"/></symbol>
<symbol id="shape-fail" viewBox="0 0 16 16"><path class="filled" d="M5 1h6l4 4v6l-4 4H5l-4-4V5z"/><path class="cut" d="M5 5l6 6M11 5l-6 6"/></symbol>
<symbol id="shape-broken" viewBox="0 0 16 16"><path class="filled" d="M8 1l7.5 14H.5z"/><path class="cut" d="M8 6v4M8 12v1"/></symbol>
<symbol id="shape-waived" viewBox="0 0 16 16"><path d="M2 1.5h12v7c0 3-3 5-6 6.5-3-1.5-6-3.5-6-6.5z"/><path d="M5 8h6"/></symbol>
<symbol id="shape-inconclusive" viewBox="0 0 16 16"><path d="M8 .8L15.2 8 8 15.2.8 8z"/><path d="M6.2 6.5c0-2.4 3.600-2.4 3.600 0 0 1.4-1.800 1.4-1.800 2.700M8 11v.8"/></symbol>
<symbol id="shape-not-run" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.5" stroke-dasharray="2.5 2.5"/></symbol>
</svg>`)
