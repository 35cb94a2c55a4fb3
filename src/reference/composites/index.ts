import { type ReferenceOptions, type RunningReferenceServer, startReferenceServer } from '../server.ts'
import { defaultWorld } from '../world/default-world.ts'
import { inInsertionOrder } from '../world/insertion-order.ts'
import { combinedFaults } from './combined-faults.ts'
import type { Composite } from './composite.ts'
import { otherDesigns } from './other-designs.ts'
import { publicServers } from './public-servers.ts'

export { randomComposites } from './random-composites.ts'

/** The catalogue of composites: six public servers, servers of other designs, and faults put together by hand. */
export const composites: readonly Composite[] = [...publicServers, ...otherDesigns, ...combinedFaults]

/** The options that make the reference server behave as a composite does. */
export function compositeOptions(composite: Composite): ReferenceOptions {
  return {
    behaviour: composite.overrides,
    world: inInsertionOrder(composite.world?.() ?? defaultWorld()),
    ...(composite.control === undefined ? {} : { control: composite.control }),
  }
}

/**
 * Starts a composite on a free loopback port.
 * @param composite one of {@link composites} or its name
 * @throws Error when there is none of that name
 */
export async function openComposite(composite: Composite | string): Promise<RunningReferenceServer> {
  const found = typeof composite === 'string' ? composites.find(({ name }) => name === composite) : composite
  if (found === undefined) throw new Error(`There is no composite ${JSON.stringify(composite)}.`)
  return await startReferenceServer(compositeOptions(found))
}
