import { expect, test } from 'vitest'
import { recordingText } from './record-exposures.ts'

test('a recording is JSON with one line for each request, question and fault', () => {
  const recording = {
    requests: [[], ['PAG-02 1', 'PAG-05 1.1'], ['PAG-02 2']],
    prepared: 1,
    earlier: { 'PAG-05 1.1': ['PAG-02 1'] },
    exposures: [
      { fault: 'one', sets: [['PAG-02 1']] },
      { fault: 'other', sets: [['PAG-02 2'], ['PAG-02 1', 'PAG-02 2']] },
    ],
  }
  const text = recordingText(recording)
  expect(JSON.parse(text)).toEqual(recording)
  expect(text.split('\n')).toContain('["PAG-02 1","PAG-05 1.1"],')
  expect(text.split('\n')).toContain('{"fault":"one","sets":[["PAG-02 1"]]},')
})
