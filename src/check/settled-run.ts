import type { ConformanceRun, RunRecord } from './conformance-run.ts'

/** A run that is over, for a test runner that is to show its outcomes once more. Nothing is asked. */
export function settledRun(record: RunRecord): ConformanceRun {
  const { outcomes, observations } = record
  return {
    specRun: {
      outcome: async (id) =>
        outcomes.find((outcome) => outcome.id === id) ?? { id, verdict: 'not-run', judged: 0, findings: [] },
      observation: async (id) => observations.find((seen) => seen.id === id),
      outcomes: Promise.resolve([...outcomes]),
      observations: Promise.resolve([...observations]),
    },
    record: Promise.resolve(record),
  }
}
