import { inject } from 'vitest'
import { specs } from '../../specs/index.ts'
import { type ConformanceRun, type RunRecord, startRun } from '../check/conformance-run.ts'
import type { Plan } from '../check/plan.ts'
import { tellNews } from './run-news.ts'

declare module 'vitest' {
  interface ProvidedContext {
    plan: Plan
    /** The areas whose spec files are run. */
    areas: readonly string[]
  }
}

let started: Promise<ConformanceRun> | undefined
let handedOver = false

/**
 * The one run that the tests of all spec files report on. Its checks run side by side whatever the order of
 * the files is; each test waits for its own outcome.
 */
export function theRun(): Promise<ConformanceRun> {
  started ??= start()
  return started
}

/** The record of the run when it is over, for the first who asks: it is large, and goes to another thread. */
export async function takeRecord(): Promise<RunRecord | undefined> {
  if (handedOver) return undefined
  handedOver = true
  return (await theRun()).record
}

async function start(): Promise<ConformanceRun> {
  const plan = { ...inject('plan'), areas: inject('areas') }
  const news = tellNews(plan.runId)
  let requests = 0
  const run = await startRun(plan, specs, undefined, () => news.onRequests(++requests))
  for (const { area, items } of specs.filter((spec) => plan.areas.includes(spec.area)))
    for (const item of items)
      if ('id' in item && item.kind !== 'observation')
        void run.specRun.outcome(item.id).then(() => news.onJudged(area))
  return run
}
