import { serveJobs } from '../worker-pool.ts'
import { compositeJob, runComposite } from './composite-run.ts'

serveJobs(compositeJob, runComposite)
