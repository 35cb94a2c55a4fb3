import { serveJobs } from '../worker-pool.ts'
import { runServer, serverJob } from './server-run.ts'

serveJobs(serverJob, runServer)
