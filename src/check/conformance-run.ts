import { isRequirementId, requirementOf } from '../contract/catalogue.ts'
import type { Outcome, Seen } from '../verdict/outcome.ts'
import type { Exchange } from '../wire/exchange.ts'
import type { Traffic } from '../wire/traffic.ts'
import type { Spec } from './check.ts'
import type { Evidence } from './evidence.ts'
import type { Generated } from './generated/generated-run.ts'
import type { Plan } from './plan.ts'
import type { Obstacle } from './preflight.ts'
import { type Prepared, prepare } from './prepare.ts'
import { runSpecs, type SpecRun } from './run-specs.ts'

/** Everything that a run found, as plain data: what reports are made from. */
export interface RunRecord {
  readonly startedAt: string
  readonly durationMs: number
  readonly target: {
    readonly baseUrl: string
    readonly embedded: boolean
    readonly sessionId: string | null
    readonly threadId: string | null
    readonly siblingThreadId: string | null
    readonly otherSessionId: string | null
    readonly otherThreadId: string | null
    readonly eventsRead: number
    readonly wholeThreadRead: boolean
  }
  readonly obstacle: Obstacle | undefined
  readonly outcomes: readonly Outcome[]
  readonly observations: readonly Seen[]
  /** What generated data showed, where any was wanted. */
  readonly generated: Generated | undefined
  readonly exchanges: readonly Exchange[]
  /** Every answer, whole, and what the suite made: what a diagnosis is made from. */
  readonly evidence: Evidence
  readonly traffic: Traffic
}

/** A run under way. */
export interface ConformanceRun {
  /** The outcome of one requirement, as soon as it is known. */
  readonly specRun: SpecRun
  /** The whole record; connections are closed by then. */
  readonly record: Promise<RunRecord>
}

/** Prepares the target and starts every check. */
export async function startRun(
  plan: Plan,
  specs: readonly Spec[],
  signal?: AbortSignal,
): Promise<ConformanceRun> {
  const startedAt = new Date().toISOString()
  const began = performance.now()
  const prepared = await prepare(plan, signal)
  const judgeable = prepared.obstacle === undefined
  const all = plan.only.length === 0
  const selection = {
    check: (id: Outcome['id']) => judgeable && (all || plan.only.some((name) => covers(name, id, specs))),
    generated: (id: Outcome['id']) =>
      judgeable && (all || plan.only.some((name) => name === 'model' || covers(name, id, specs))),
  }
  const specRun = runSpecs(specs, prepared.facts, prepared.asker, selection, { attempts: plan.attempts })
  const record = finish(plan, prepared, specRun).then((rest) => ({
    startedAt,
    durationMs: performance.now() - began,
    ...rest,
  }))
  return { specRun, record }
}

async function finish(plan: Plan, { client, facts, obstacle, witness }: Prepared, run: SpecRun) {
  const outcomes = await run.outcomes
  const observations = obstacle === undefined ? await run.observations : []
  const generated = obstacle === undefined ? await run.generated : undefined
  await facts.lab.close()
  await client.close()
  return {
    target: {
      baseUrl: plan.target.baseUrl,
      embedded: plan.target.embedded,
      sessionId: facts.thread?.sessionId ?? null,
      threadId: facts.thread?.threadId ?? null,
      siblingThreadId: facts.sibling?.threadId ?? null,
      otherSessionId: facts.other?.sessionId ?? null,
      otherThreadId: facts.other?.threadId ?? null,
      eventsRead: facts.thread?.events.length ?? 0,
      wholeThreadRead: facts.thread?.complete ?? false,
    },
    obstacle,
    outcomes,
    observations,
    generated,
    exchanges: client.exchanges,
    evidence: witness.evidence,
    traffic: client.traffic(),
  }
}

function covers(name: string, id: Outcome['id'], specs: readonly Spec[]): boolean {
  if (isRequirementId(name)) return name === id
  const own = specs.filter(({ area }) => area === name).flatMap(({ items }) => items)
  return requirementOf(id).area === name || own.some((item) => 'id' in item && item.id === id)
}
