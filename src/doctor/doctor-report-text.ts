import { printable } from '../report/printable.ts'
import type { Style } from '../report/style.ts'
import { wrap } from '../report/wrap.ts'
import type { DoctorReport } from './doctor-report.ts'
import type { Sign } from './sign.ts'

const width = 80

/** A diagnosis for a person at a terminal. */
export function doctorReportText(diagnosis: DoctorReport, style: Style): string {
  const { signs, inconclusive, sentence, advice, exit_code } = diagnosis
  const count = inconclusive.flatMap(({ requirements }) => requirements).length
  const open = inconclusive.flatMap(({ requirements, missing, provide }) => [
    ...wrap(requirements.join(' '), width, '     '),
    ...wrap(`missing: ${printable(missing)}`, width, '       '),
    ...wrap(provide, width, '       '),
  ])
  return [
    ...signs.flatMap((sign) => signLines(sign, style)),
    ...(count === 0 ? [] : ['', style.yellow(`WOULD BE INCONCLUSIVE (${count})`), ...open]),
    '',
    ...wrap(
      `${exit_code === 0 ? style.green('READY') : style.red('OBSTACLE')}  ${printable(sentence)}`,
      width + 10,
      '',
    ),
    ...(advice === null ? [] : wrap(printable(advice), width, '')),
    '',
  ].join('\n')
}

function signLines({ name, state, text, advice }: Sign, style: Style): string[] {
  const mark = { ok: style.green('✓'), note: style.yellow('!'), obstacle: style.red('✗') }[state]
  const [first = '', ...rest] = [
    text,
    ...(advice === undefined || state === 'obstacle' ? [] : [advice]),
  ].flatMap((part) => wrap(printable(part), width, ' '.repeat(14)))
  return [`  ${mark} ${name.padEnd(10)}${first.slice(14)}`, ...rest]
}
