import { createServer, type Server, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningReferenceServer, startReferenceServer } from '../reference/server.ts'
import { ControlError, controlRefusal, openControl } from './control-client.ts'
import type { Target } from './target.ts'

const same = (text: string) => text

const event = {
  id: 'evt_1',
  type: 'a.b',
  session_id: 'sess_made',
  session_thread_id: 'sthr_made',
  created_at: '2026-01-01T00:00:00Z',
}
const session = { id: 'sess_made', threads: [{ id: 'sthr_made', events: [event] }] }

function targetOf(controlUrl: string | undefined, controlToken?: string): Target {
  return {
    baseUrl: 'http://127.0.0.1:9',
    embedded: false,
    token: 'pat_x',
    expiredToken: undefined,
    otherTenantToken: undefined,
    controlUrl,
    controlToken,
    headers: [],
    proxy: { http: undefined, https: undefined, no: undefined },
    ids: {
      sessionId: undefined,
      threadId: undefined,
      siblingThreadId: undefined,
      otherSessionId: undefined,
      otherThreadId: undefined,
    },
  }
}

describe('targets that may be written to', () => {
  test.for(['http://127.0.0.1:8080/control', 'http://localhost', 'http://[::1]:1/x', 'http://127.9.9.9'])(
    '%s is this machine',
    (url) => {
      expect(controlRefusal({ controlUrl: url }, false)).toBeUndefined()
    },
  )
  test.for(['https://api.example.com/control', 'http://10.0.0.1', 'http://localhost.example.com'])(
    '%s is another, and has to be owned',
    (url) => {
      expect(controlRefusal({ controlUrl: url }, false)).toContain(new URL(url).host)
      expect(controlRefusal({ controlUrl: url }, true)).toBeUndefined()
    },
  )
})

describe('the control protocol of the reference server', () => {
  let server: RunningReferenceServer
  beforeAll(async () => {
    server = await startReferenceServer()
  })
  afterAll(() => server.close())

  test('makes, fills and removes a session', async () => {
    const control = openControl(targetOf(server.controlUrl, server.controlToken), 5_000, same)
    if (control === undefined) throw new Error('There is a control URL.')
    const listed = async () => {
      const url = `${server.baseUrl}/sessions/sess_made/threads/sthr_made/events`
      const response = await fetch(url, { headers: { authorization: `Bearer ${server.token}` } })
      const body: unknown = await response.json()
      return { status: response.status, text: JSON.stringify(body) }
    }
    await control.put(session)
    await control.append('sess_made', 'sthr_made', [{ ...event, id: 'evt_2' }])
    expect(await listed()).toMatchObject({ status: 200, text: expect.stringMatching(/evt_1.*evt_2/) })
    expect(await control.token('expired')).toMatch(/^pat_/)
    await control.remove('sess_made')
    expect((await listed()).status).toBe(404)
    await control.remove('sess_made')
    await control.close()
  })

  test('says what was refused, and never the token', async () => {
    const control = openControl(targetOf(server.controlUrl, 'wrong_token_123'), 5_000, same)
    const refused = await control?.put(session).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ControlError)
    expect(String(refused)).toMatch(/PUT \/sessions\/sess_made was answered 401/)
    expect(String(refused)).not.toContain('wrong_token_123')
    await control?.close()
  })
})

describe('POST /tokens', () => {
  const answers: readonly (readonly [number, string, string | undefined])[] = [
    [404, '{}', undefined],
    [501, 'not implemented', undefined],
    [201, '{"token":"pat_made_1"}', 'pat_made_1'],
  ]
  test.for(answers)('status %i with %s returns %s', async ([status, body, token]) => {
    await expect(tokenFrom(status, body)).resolves.toBe(token)
  })

  test.for([
    [500, '{}'],
    [201, '{}'],
    [201, '{"token":"two words"}'],
  ] as const)('answered %i %s is an error of the set-up', async ([status, body]) => {
    await expect(tokenFrom(status, body)).rejects.toThrow(`POST /tokens was answered ${status}`)
  })
})

async function tokenFrom(status: number, body: string): Promise<string | undefined> {
  const server = createServer((_request, response) => response.writeHead(status).end(body))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const control = openControl(targetOf(`http://127.0.0.1:${port}`), 5_000, same)
  try {
    return await control?.token('expired')
  } finally {
    await control?.close()
    server.close()
  }
}

test('an answer without end is read to a bound, a missing one to a deadline', async () => {
  const server: Server = createServer((request, response) => {
    if (request.method === 'DELETE') return
    response.writeHead(500)
    const write = (): void =>
      void response.write('x'.repeat(50_000), (error) => (error ? undefined : write()))
    write()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const control = openControl(targetOf(`http://127.0.0.1:${port}`), 300, same)
  await expect(control?.put(session)).rejects.toThrow(/answered 500/)
  await expect(control?.remove('sess_made')).rejects.toThrow(/not answered/)
  await control?.close()
  server.closeAllConnections()
  server.close()
})

/** A control server that answers each request as the next function says, and counts them. */
async function failingAtFirst(...first: readonly ((response: ServerResponse) => void)[]) {
  const methods: string[] = []
  const connections = new Set<unknown>()
  const server = createServer((request, response) => {
    connections.add(request.socket)
    const answer = first[methods.push(request.method ?? '') - 1]
    if (answer === undefined) response.writeHead(204).end()
    else answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const control = openControl(targetOf(`http://127.0.0.1:${port}`), 5_000, same)
  if (control === undefined) throw new Error('There is a control URL.')
  const close = async () => {
    await control.close()
    server.close()
  }
  return { control, methods, connections, close }
}

const dropped = (response: ServerResponse) => void response.destroy()
const badGateway = (response: ServerResponse) => void response.writeHead(502).end()
const rateLimited = (response: ServerResponse) => void response.writeHead(429).end()

test('repeats what a gateway answered, and what has no second effect', async () => {
  const { control, methods, close } = await failingAtFirst(dropped, badGateway)
  await control.put(session)
  await control.remove('sess_made')
  expect(methods).toEqual(['PUT', 'PUT', 'PUT', 'DELETE'])
  await close()
})

test('appends again only what was refused for its rate', async () => {
  const limited = await failingAtFirst(rateLimited)
  await limited.control.append('sess_made', 'sthr_made', [event])
  expect(limited.methods).toEqual(['POST', 'POST'])
  await limited.close()
  for (const failure of [dropped, badGateway]) {
    const failing = await failingAtFirst(failure)
    await expect(failing.control.append('sess_made', 'sthr_made', [event])).rejects.toThrow(ControlError)
    expect(failing.methods).toEqual(['POST'])
    await failing.close()
  }
})

test('does not use a connection that was idle for a while, since the server may be about to close it', async () => {
  const { control, connections, close } = await failingAtFirst()
  await control.put(session)
  await delay(1_500)
  await control.append('sess_made', 'sthr_made', [event])
  expect(connections.size).toBe(2)
  await close()
})
