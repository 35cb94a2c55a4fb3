import { z } from 'zod'
import { ConfigError } from '../config/load.ts'
import { suggestion } from '../config/suggest.ts'
import { revisionNames } from '../contract/revisions/index.ts'
import { faults } from '../reference/faults/index.ts'
import { laterFaults } from '../reference/faults/later/index.ts'
import { startReferenceServer as startServer } from '../reference/server.ts'
import { variants } from '../reference/variants/index.ts'
import { inInsertionOrder } from '../reference/world/insertion-order.ts'
import { parseWorld, WorldError } from '../reference/world/parse-world.ts'
import type { World } from '../reference/world/world.ts'
import { namedWorld, type WorldName, worldNames } from '../reference/world/worlds.ts'
import { optionProblem } from './option-problem.ts'

export type { ThreadEvent, World, WorldSession, WorldThread } from '../reference/world/world.ts'
export type { WorldName } from '../reference/world/worlds.ts'

/** Options of the reference server. */
export interface ReferenceServerOptions {
  /** Breaks the server in one known way; see {@link faultNames}. */
  readonly fault?: string | undefined
  /** Makes it correct in one unusual way; see {@link variantNames}. */
  readonly variant?: string | undefined
  /**
   * What it holds at first: a world (schemas/world.schema.json) or the name of one. By default the one in which
   * the fault shows, or a big one with every kind of event.
   */
  readonly world?: World | WorldName | undefined
  /** The revision that it implements (`2026-06` or `2026-07`); by default that of the fault, or `2026-06`. */
  readonly revision?: string | undefined
  /** 0, the default, takes a free one. */
  readonly port?: number | undefined
  /** Default 127.0.0.1. */
  readonly host?: string | undefined
  /** The active token; by default a new random one. */
  readonly token?: string | undefined
  /** Milliseconds between heartbeats of a stream; default 15 000. */
  readonly heartbeatMs?: number | undefined
  /** Whether the control protocol is offered; default true. */
  readonly control?: boolean | undefined
  /** Whether sessions and threads can be listed; default true. */
  readonly discovery?: boolean | undefined
}

/** A reference server that runs. */
export interface ReferenceServer {
  /** `http://HOST:PORT/v1` */
  readonly baseUrl: string
  readonly token: string
  readonly expiredToken: string
  readonly otherTenantToken: string
  /** `http://HOST:PORT/control` */
  readonly controlUrl: string
  readonly controlToken: string
  /** What it holds at first. A world that has a name lists each thread in chronological order. */
  readonly world: World
  /** Ends open streams and connections at once. */
  close(): Promise<void>
}

const allFaults = [...faults, ...laterFaults]

/** The names that `fault` takes. */
export const faultNames: readonly string[] = allFaults.map(({ name }) => name)

/** The names that `variant` takes. */
export const variantNames: readonly string[] = variants.map(({ name }) => name)

const truth = z.boolean('must be true or false').optional()
const text = z.string('must be a text').min(1, 'must not be empty').optional()
const shape = z.strictObject(
  {
    fault: text,
    variant: text,
    revision: z.enum(revisionNames, `must be ${revisionNames.join(' or ')}`).optional(),
    world: z.union([z.string(), z.looseObject({})], 'must be a world or the name of one').optional(),
    port: z.int('must be a number from 0 to 65535').min(0).max(65_535).optional(),
    host: text,
    token: text,
    heartbeatMs: z.int('must be a whole number').min(1, 'must be at least 1').optional(),
    control: truth,
    discovery: truth,
  },
  'must be an object',
)

/**
 * Starts the reference server: the list and the stream of thread events as the contract asks, or with one known
 * fault. Its events have not arrived in chronological order, as those of several writers do.
 * @returns the server once it listens
 * @throws ConfigError when an option is wrong; the error of the system when it cannot listen
 */
export async function createReferenceServer(options: ReferenceServerOptions = {}): Promise<ReferenceServer> {
  const result = shape.safeParse(options)
  if (!result.success) throw new ConfigError(result.error.issues.map(optionProblem))
  const { fault: faultName, variant: variantName, world: _world, ...plain } = result.data
  if (faultName !== undefined && variantName !== undefined)
    throw new ConfigError(['fault and variant cannot be combined.'])
  const fault = named('fault', allFaults, faultName)
  if (fault?.revision !== undefined && plain.revision !== undefined && plain.revision !== fault.revision)
    throw new ConfigError([
      `The fault ${fault.name} belongs to revision ${fault.revision}, not ${plain.revision}. Set the revision to ${fault.revision}.`,
    ])
  const variant = named('variant', variants, variantName)
  const world = worldOf(options.world ?? variant?.server?.world ?? fault?.world ?? 'default')
  const server = await startServer({
    ...variant?.server,
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
    revision: result.data.revision ?? fault?.revision,
    world: inInsertionOrder(world),
    behaviour: fault?.override ?? variant?.override ?? (() => ({})),
  })
  return { ...server, world }
}

function named<T extends { readonly name: string }>(
  kind: string,
  all: readonly T[],
  name: string | undefined,
): T | undefined {
  if (name === undefined) return undefined
  const found = all.find((one) => one.name === name)
  if (found !== undefined) return found
  throw new ConfigError([
    `Unknown ${kind} ${JSON.stringify(name)}.${suggestion(
      name,
      all.map((one) => one.name),
    )} ${kind}Names lists all.`,
  ])
}

function worldOf(world: World | string): World {
  if (typeof world === 'string') {
    const known = namedWorld(world)
    if (known !== undefined) return known
    throw new ConfigError([`Unknown world ${JSON.stringify(world)}. Choose from ${worldNames.join(', ')}.`])
  }
  try {
    return parseWorld(world)
  } catch (error) {
    if (error instanceof WorldError) throw new ConfigError([`world: ${error.message}`])
    throw error
  }
}
