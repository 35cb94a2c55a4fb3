import { featureRows, shortIds } from './feature-rows.ts'
import type { Report } from './model.ts'
import { printable } from './printable.ts'
import type { Style } from './style.ts'
import { fitTo, padTo, textWidth } from './text-width.ts'
import { wrap } from './wrap.ts'

const stateColumns = 9
/** On a narrower terminal the details have lines of their own. */
const narrow = 60

/** What the target does with each feature, a line each; one line for all where everything works. */
export function terminalFeatures(report: Report, style: Style, width: number): string[] {
  const rows = featureRows(report)
  if (rows.length === 0) return []
  if (rows.every(({ state }) => state === 'works'))
    return [
      ...wrap(
        `Features of this server: ${report.capabilities.length} of ${report.capabilities.length} work.`,
        width,
        '',
      ),
      '',
    ]
  const names = rows.map(({ features }) => features.join(', '))
  const nameColumns = Math.min(30, Math.max(...names.map((name) => name.length)))
  const idColumns =
    width < 70 ? 0 : Math.max(...rows.map(({ requirements }) => requirements.join(' ').length))
  const lines = rows.flatMap(({ state, requirements, detail: long, request }, at) => {
    const detail = shortIds(long)
    if (width < narrow) return narrowRow(names[at] ?? '', state, requirements, detail, style, width)
    const name = padTo(fitTo(names[at] ?? '', nameColumns), nameColumns)
    const room = width - 2 - nameColumns - 2 - stateColumns
    const known = padTo(requirements.join(' '), idColumns)
    const base = idColumns === 0 ? detail : `${known}  ${detail}`
    const query = request.replace(/^\S+ …\/events/, '').trim()
    const whole = `${base}   ${query}`
    // The request is shown where it fits; the causes below have it in full.
    const rest = query !== '' && textWidth(whole) <= room ? whole : base
    const word = padTo(state, stateColumns)
    const head = `  ${name}  ${paint(state, style)(word)}`
    const column = width - room
    if (textWidth(rest) <= room) return [`${head}${printable(rest)}`.trimEnd()]
    const indent = ' '.repeat(column + (idColumns === 0 ? 0 : idColumns + 2))
    const [first = '', second, third] = wrap(printable(detail), width - 2, indent)
    const ids = idColumns === 0 ? '' : `${known}  `
    const more = second === undefined ? [] : [third === undefined ? second : `${second} …`]
    return [`${head}${ids}${first.trimStart()}`, ...more]
  })
  return [style.bold('Features of this server'), ...lines, '']
}

function narrowRow(
  name: string,
  state: string,
  requirements: readonly string[],
  detail: string,
  style: Style,
  width: number,
): string[] {
  const room = width - 2 - stateColumns
  const known = [requirements.join(' '), detail].filter((text) => text !== '').join(': ')
  return [
    `  ${padTo(fitTo(name, room - 1), room)}${paint(state, style)(state)}`,
    ...(known === '' ? [] : wrap(printable(known), width, '      ').slice(0, 3)),
  ]
}

function paint(state: string, style: Style): (text: string) => string {
  if (state === 'works') return style.green
  return state === 'unknown' ? style.dim : style.red
}
