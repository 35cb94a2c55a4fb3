import { faults } from '../../src/reference/faults/index.ts'
import { serveJobs } from '../worker-pool.ts'
import { diagnosisOf, rankOf, type TrialAnswer, trialJob } from './trial.ts'

serveJobs(trialJob, async ({ faults: names, held }): Promise<TrialAnswer> => {
  const broken = faults.filter(({ name }) => names.includes(name))
  const dictionary = held ? faults.filter((fault) => !broken.includes(fault)) : faults
  const diagnosis = await diagnosisOf(broken, dictionary)
  const problems = diagnosis?.problems ?? []
  const [one] = broken
  const [first] = problems
  return {
    rank: one === undefined ? 0 : rankOf(one, diagnosis),
    certain: problems.some(({ certainty }) => certainty === 'certain'),
    said: first === undefined ? 'nothing fits' : `${first.certainty}: ${first.fault}`,
    named: problems.flatMap(({ fault, alike }) => [fault, ...alike.map((other) => other.fault)]),
  }
})
