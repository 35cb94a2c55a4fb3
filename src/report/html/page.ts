import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { packageFile } from '../../contract/package-root.ts'
import type { Report } from '../model.ts'
import { causes, openPoints } from './causes.ts'
import { diagnosis } from './diagnosis.ts'
import { allExchanges, exchangeData } from './exchanges.ts'
import { featureSection } from './features.ts'
import { filters } from './filters.ts'
import { heading } from './heading.ts'
import { latency } from './latency.ts'
import { html, verbatim } from './markup.ts'
import { matrix } from './matrix.ts'
import { idleWaivers, openQuestions } from './open-questions.ts'
import { requirementSections } from './requirement.ts'
import { shapes } from './state.ts'

const scripts = ['filter.js', 'exchanges.js', 'copy.js', 'print.js']

/**
 * The report as one self-contained HTML page. Its content security policy allows only the page's own style and scripts, by
 * their hashes, so that text from a target would have no effect even if it became markup.
 */
export function htmlReport(report: Report): string {
  const style = asset('page.css')
  const code = scripts.map(asset)
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${code.map(hashOf).join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
  const exchanges = new Map(report.exchanges.map((exchange) => [exchange.id, exchange]))
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${report.verdict}: ${report.target.embedded ? 'embedded reference server' : report.target.base_url}</title>
<style>${verbatim(style)}</style>
</head>
<body>
<a class="skip" href="#requirements">Skip to the requirements</a>
${shapes}
${heading(report)}
<main>
${causes(report, exchanges)}
${openPoints(report)}
${featureSection(report)}
${diagnosis(report)}
${matrix(report.requirements)}
<section aria-labelledby="requirements">
<details id="all-requirements"><summary><h2 id="requirements" tabindex="-1">Requirements</h2> <span class="note">all ${report.requirements.length}, failures first</span></summary>
${filters(report.requirements)}
${requirementSections(report, exchanges)}
</details>
</section>
${idleWaivers(report)}
${openQuestions(report, exchanges)}
${latency(report.exchanges, report.traffic)}
${allExchanges(report.exchanges, report.traffic.requests)}
</main>
<p id="said" class="seen-by-readers" role="status" aria-live="polite"></p>
<noscript><p class="note">Filters, copy buttons and the contents of exchanges need JavaScript. conformance.json has the same data.</p></noscript>
${exchangeData(report.exchanges)}
${code.map((text) => html`<script>${verbatim(text)}</script>\n`)}
</body>
</html>
`
  return page.markup
}

function asset(name: string): string {
  return readFileSync(packageFile(`src/report/html/assets/${name}`), 'utf8')
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
