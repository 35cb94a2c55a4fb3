import { expect, test } from 'vitest'
import { RunRecorder } from '../record/run-recorder.ts'
import { type ControlClient, ControlError } from './control-client.ts'
import { SessionFixtures } from './session-fixtures.ts'

const session = { id: 'sess_1', threads: [] }

function fixturesWith(control: Partial<ControlClient>): SessionFixtures {
  const works = async () => undefined
  return new SessionFixtures(
    { put: works, append: works, remove: works, token: works, close: works, ...control },
    new RunRecorder(),
  )
}

test('a request that is cut off by the end of the run is no failure of the control protocol', async () => {
  let cutOff: (error: Error) => void = () => undefined
  const fixtures = fixturesWith({
    put: () =>
      new Promise((_, reject) => {
        cutOff = reject
      }),
  })
  const put = fixtures.put(session)
  await fixtures.removeAll()
  cutOff(new ControlError('PUT /sessions/sess_1 was not answered (ClientDestroyedError)'))
  await expect(put).rejects.toThrow('ClientDestroyedError')
  expect(fixtures.failure).toBeUndefined()
})

test('a check that was cut off and cleans up after the end is no failure either', async () => {
  const errors: ControlError[] = []
  const fixtures = fixturesWith({
    remove: async () => {
      const [error] = errors
      if (error !== undefined) throw error
    },
  })
  await fixtures.put(session)
  await fixtures.removeAll()
  errors.push(new ControlError('DELETE /sessions/sess_1 was not answered (ClientDestroyedError)'))
  await fixtures.discard('sess_1')
  await expect(fixtures.remove('sess_1')).rejects.toThrow('ClientDestroyedError')
  expect(fixtures.failure).toBeUndefined()
})

test('no session is made once the sessions are removed', async () => {
  const made: string[] = []
  const fixtures = fixturesWith({ put: async ({ id }) => void made.push(id) })
  await fixtures.removeAll()
  await expect(fixtures.put(session)).rejects.toThrow('the run has ended')
  expect(made).toEqual([])
})

test('a request that fails during the run, and a session that cannot be removed, are failures', async () => {
  const refuse = async () => {
    throw new ControlError('was answered 500')
  }
  const failing = fixturesWith({ put: refuse })
  await expect(failing.put(session)).rejects.toThrow()
  expect(failing.failure).toBe('was answered 500')
  const staying = fixturesWith({ remove: refuse })
  await staying.put(session)
  expect(await staying.removeAll()).toEqual(['sess_1'])
  expect(staying.failure).toBe('was answered 500')
})

test('threads of one session differ in their last character alone', () => {
  const fixtures = fixturesWith({})
  for (const known of [
    undefined,
    { sessionId: 'sess_018f00000000aa11', threadId: 'sthr_018f00000000aa1f' },
  ]) {
    if (known !== undefined) fixtures.resemble(known)
    const { threadIds } = fixtures.freshIds(4)
    expect(new Set(threadIds).size).toBe(4)
    expect(new Set(threadIds.map((id) => id.slice(0, -1))).size).toBe(1)
  }
})
