import { serveJobs } from '../worker-pool.ts'
import { trialJob, tryDiagnosis } from './trial.ts'

serveJobs(trialJob, tryDiagnosis)
