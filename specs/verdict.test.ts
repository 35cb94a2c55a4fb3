import { inject } from 'vitest'
import { declareVerdict } from '../src/library/vitest-tests.ts'

// Fails whenever the command would not exit with 0, so that a run in which everything was skipped is never green.
declareVerdict(() => ({ report: Promise.resolve(inject('report')) }))
