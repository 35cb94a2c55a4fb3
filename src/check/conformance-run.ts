import { isRequirementId, requirementOf } from '../contract/catalogue.ts'
import type { Outcome, Seen } from '../verdict/outcome.ts'
import type { ClientOptions } from '../wire/client.ts'
import type { Exchange } from '../wire/exchange.ts'
import type { Traffic } from '../wire/traffic.ts'
import type { Spec } from './check.ts'
import { type Part, partOf } from './part.ts'
import type { Plan } from './plan.ts'
import type { Obstacle } from './preflight.ts'
import { type Prepared, prepare } from './prepare.ts'
import { runSpecs, type SpecRun } from './run-specs.ts'
import { leftToOthers, shareOf } from './share.ts'

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
  /** Which part of a divided run this is; nothing for a whole run. */
  readonly part: Part | undefined
  readonly outcomes: readonly Outcome[]
  readonly observations: readonly Seen[]
  readonly exchanges: readonly Exchange[]
  readonly traffic: Traffic
}

/** A run under way. */
export interface ConformanceRun {
  /** The outcome of one requirement, as soon as it is known. */
  readonly specRun: SpecRun
  /** The whole record; connections are closed by then. */
  readonly record: Promise<RunRecord>
}

/**
 * Prepares the target and starts every check.
 * @param onExchange told of every exchange once it is over
 */
export async function startRun(
  plan: Plan,
  specs: readonly Spec[],
  signal?: AbortSignal,
  onExchange?: ClientOptions['onExchange'],
): Promise<ConformanceRun> {
  const startedAt = new Date().toISOString()
  const began = performance.now()
  const prepared = await prepare(plan, signal, onExchange)
  const areas = plan.areas ?? specs.map(({ area }) => area)
  const elsewhere = leftToOthers(specs, areas)
  const share = shareOf(specs, areas)
  const selected = (id: Outcome['id']) =>
    prepared.obstacle === undefined &&
    !elsewhere.has(id) &&
    (plan.only.length === 0 || plan.only.some((name) => covers(name, id)))
  const specRun = runSpecs(share, prepared.facts, prepared.asker, selected, { attempts: plan.attempts })
  const record = finish(plan, prepared, specRun).then((rest) => ({
    startedAt,
    durationMs: performance.now() - began,
    ...rest,
  }))
  return { specRun, record }
}

async function finish(plan: Plan, { client, facts, obstacle }: Prepared, run: SpecRun) {
  const outcomes = await run.outcomes
  const observations = obstacle === undefined ? await run.observations : []
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
    part: partOf(plan),
    outcomes,
    observations,
    exchanges: client.exchanges,
    traffic: client.traffic(),
  }
}

function covers(name: string, id: Outcome['id']): boolean {
  return isRequirementId(name) ? name === id : requirementOf(id).area === name
}
