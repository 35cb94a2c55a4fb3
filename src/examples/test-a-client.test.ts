// How the developer of a client tests it against a good server, and against one that breaks a promise.
import { createReferenceServer, type ReferenceServer } from 'thread-events-conformance'
import { afterEach, expect, test } from 'vitest'

let server: ReferenceServer | undefined
afterEach(() => server?.close())

/** The client under test: reads a thread from page to page. */
async function readThread({ baseUrl, token }: { baseUrl: string; token: string }, path: string) {
  const ids: string[] = []
  for (let cursor = ''; ; ) {
    const answer = await fetch(`${baseUrl}${path}?limit=7${cursor}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const page: { data: { id: string }[]; last_id: string | null; has_more: boolean } = JSON.parse(
      await answer.text(),
    )
    ids.push(...page.data.map(({ id }) => id))
    if (!page.has_more) return ids
    if (page.data.length === 0) throw new Error('An empty page promised more.')
    cursor = `&after_id=${page.last_id}`
  }
}

/** Where the main thread of the server's world is, and what it holds. */
function mainThread({ world }: ReferenceServer) {
  const [session] = world.sessions
  const [thread] = session?.threads ?? []
  const path = `/sessions/${session?.id}/threads/${thread?.id}/events`
  return { path, ids: thread?.events.map(({ id }) => id) }
}

test('the client reads every event once, in order', async () => {
  server = await createReferenceServer()
  const { path, ids } = mainThread(server)
  expect(await readThread(server, path)).toEqual(ids)
})

test('the client loses events on a server that compares timestamps only', async () => {
  server = await createReferenceServer({ fault: 'keyset-without-tie-break' })
  const { path, ids } = mainThread(server)
  const read = await readThread(server, path)
  expect(read.length).toBeLessThan(ids?.length ?? 0)
})
