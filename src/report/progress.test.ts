import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createLiveLine } from './live-line.ts'
import { createProgress } from './progress.ts'
import { createStyle } from './style.ts'

const style = createStyle(false)
const passed = (name: string, area: string) => ({ name, area, verdict: 'pass' as const })

/** The text that a terminal shows after all that was written to it. */
function screenOf(written: string): string {
  const lines = ['']
  for (const token of written.split(/(\n|\r\u001b\[2K)/))
    if (token === '\n') lines.push('')
    else if (token === '\r\u001b[2K') lines.splice(-1, 1, '')
    else lines.splice(-1, 1, (lines.at(-1) ?? '') + token)
  return lines.join('\n')
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('on a terminal', () => {
  function onTerminal(columns: number) {
    const written: string[] = []
    const write = (text: string) => void written.push(text)
    const live = createLiveLine(write, () => columns)
    return { progress: createProgress(write, style, live, 14), screen: () => screenOf(written.join('')) }
  }

  test('a live line shows areas, requests and time, below the finished areas', () => {
    const { progress, screen } = onTerminal(80)
    expect(screen()).toBe('  preparing       0 of 14 areas, 0 requests, 0 s')
    progress.onRequests(1)
    progress.onJudged('envelope')
    vi.advanceTimersByTime(3_000)
    expect(screen()).toBe('  envelope        0 of 14 areas, 1 request, 3 s')
    progress.onVerdict(passed('ENV-01', 'envelope'))
    progress.onArea('envelope')
    progress.onJudged('event')
    progress.onRequests(412)
    vi.advanceTimersByTime(1_000)
    expect(screen()).toBe('  envelope        •\n  event           1 of 14 areas, 412 requests, 4 s')
    progress.stop()
    vi.advanceTimersByTime(5_000)
    expect(screen()).toBe('  envelope        •\n')
  })

  test('a narrow terminal is never wrapped', () => {
    const { progress, screen } = onTerminal(12)
    progress.onJudged('hostile-input')
    vi.advanceTimersByTime(1_000)
    expect(screen()).toBe('  hostile-i')
    progress.stop()
    expect(screen()).toBe('')
  })
})

test('without a terminal there is one line an area, and no control character', () => {
  const written: string[] = []
  const progress = createProgress((text) => void written.push(text), style)
  progress.onJudged('filter')
  progress.onRequests(10)
  vi.advanceTimersByTime(5_000)
  progress.onVerdict({ ...passed('FLT-01', 'filter'), verdict: 'fail' })
  progress.onVerdict(passed('FLT-02', 'filter'))
  progress.onArea('filter')
  progress.onArea('order')
  progress.stop()
  expect(written).toEqual(['  filter          ✗•  FLT-01\n'])
})

test('live and generated checks have lines of their own', () => {
  const written: string[] = []
  const progress = createProgress((text) => void written.push(text), style)
  progress.onVerdict(passed('PAG-01', 'pagination'))
  progress.onVerdict({ ...passed('PAG-12', 'live'), verdict: 'inconclusive' })
  progress.onVerdict({ ...passed('cursors', 'model'), verdict: 'fail' })
  for (const area of ['pagination', 'live', 'model']) progress.onArea(area)
  expect(written).toEqual([
    '  pagination      •\n',
    '  live            ?\n',
    '  model           ✗  cursors\n',
  ])
})
