// The reference server with one thread of many events: prints the environment of a run against it as JSON.

import { startReferenceServer } from '../src/reference/server.ts'
import { defaultWorld } from '../src/reference/world/default-world.ts'
import type { ThreadEvent, WorldSession } from '../src/reference/world/world.ts'
import { longThreadEvent, place } from './long-thread.ts'

const length = Number(process.argv[2])
const world = defaultWorld()
const [first, ...others] = world.sessions
const [main, ...siblings] = first?.threads ?? []
if (first === undefined || main === undefined) throw new Error('The default world has no thread.')
const events = Array.from({ length }, (_, at): ThreadEvent => {
  const event: ThreadEvent = JSON.parse(
    longThreadEvent(at).replaceAll(place.sessionId, first.id).replaceAll(place.threadId, main.id),
  )
  return event
})
const long: WorldSession = { id: first.id, threads: [{ id: main.id, events }, ...siblings] }
const server = await startReferenceServer({ world: { version: 1, sessions: [long, ...others] } })
const [sibling] = siblings
process.stdout.write(
  `${JSON.stringify({
    CONFORMANCE_BASE_URL: server.baseUrl,
    CONFORMANCE_TOKEN: server.token,
    CONFORMANCE_SESSION_ID: first.id,
    CONFORMANCE_THREAD_ID: main.id,
    CONFORMANCE_SIBLING_THREAD_ID: sibling?.id,
    CONFORMANCE_EXPIRED_TOKEN: server.expiredToken,
    CONFORMANCE_OTHER_TENANT_TOKEN: server.otherTenantToken,
  })}\n`,
)
