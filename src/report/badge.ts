import type { Report } from './model.ts'
import { xmlText } from './xml-text.ts'

const label = 'events contract'
const height = 20
const padding = 6

/** The verdict as a small SVG image for a README or a dashboard. Text and colour say the same. */
export function badge(report: Report): string {
  const [text, colour] = message(report)
  const left = widthOf(label)
  const right = widthOf(text)
  const said = xmlText(`${label}: ${text}`)
  const part = (from: number, content: string) =>
    `<text x="${from + padding}" y="14" textLength="${textWidth(content)}" lengthAdjust="spacingAndGlyphs">${xmlText(content)}</text>`
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${height}" role="img" aria-label="${said}">`,
    `<title>${said}</title>`,
    `<rect width="${left + right}" height="${height}" rx="3" fill="${colour}"/>`,
    `<path d="M3 0H${left}V${height}H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="#444"/>`,
    '<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">',
    part(0, label),
    part(left, text),
    '</g>',
    '</svg>',
  ].join('\n')}\n`
}

// White text has a contrast of at least 4.5:1 on each of these.
function message({ verdict, summary, strict }: Report): readonly [text: string, colour: string] {
  const failing = summary.MUST.fail + (strict ? summary.SHOULD.fail : 0)
  if (verdict === 'conformant') return ['conformant', '#217a3c']
  if (verdict === 'nonconformant') return [failing === 0 ? 'nonconformant' : `${failing} failing`, '#b3261e']
  if (verdict === 'inconclusive') return ['inconclusive', '#8a5a00']
  return ['internal error', '#5f5f5f']
}

// Approximates 11 px Verdana; textLength makes the text exactly this wide in any font.
function textWidth(text: string): number {
  const widthOfChar = (char: string) => (/[fijlrt ]/.test(char) ? 4.1 : char === 'm' ? 10.7 : 6.6)
  return Math.round([...text].reduce((sum, char) => sum + widthOfChar(char), 0))
}

function widthOf(text: string): number {
  return textWidth(text) + 2 * padding
}
