import { inject } from 'vitest'
import { specs } from '../../specs/index.ts'
import { type ConformanceRun, startRun } from '../check/conformance-run.ts'
import type { Plan } from '../check/plan.ts'
import { tellNews } from './run-news.ts'

declare module 'vitest' {
  interface ProvidedContext {
    plan: Plan
  }
}

let started: Promise<ConformanceRun> | undefined

/**
 * The one run that the tests of all spec files report on. Its checks run side by side whatever the order of
 * the files is; each test waits for its own outcome.
 */
export function theRun(): Promise<ConformanceRun> {
  started ??= start()
  return started
}

async function start(): Promise<ConformanceRun> {
  const plan = inject('plan')
  const news = tellNews(plan.runId)
  let requests = 0
  const run = await startRun(plan, specs, undefined, () => news.onRequests(++requests))
  for (const { area, items } of specs)
    for (const item of items)
      if ('id' in item && item.kind !== 'observation')
        void run.specRun.outcome(item.id).then(() => news.onJudged(area))
  return run
}
