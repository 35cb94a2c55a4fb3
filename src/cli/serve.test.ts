import { expect, test } from 'vitest'
import { parseJson } from '../contract/json.ts'
import { schemaProblem } from '../contract/schemas.ts'
import { runCli } from './command-fixture.ts'
import { serveCommand } from './serve.ts'

async function served(own: Readonly<Record<string, string>>) {
  let printed = ''
  let stop = () => undefined
  const stopped = new Promise<void>((resolve) => {
    stop = () => void resolve()
  })
  let ready = (_text: string) => undefined
  const lines = new Promise<string>((resolve) => {
    ready = (text) => void resolve(text)
  })
  const ended = serveCommand(
    own,
    (text) => {
      printed += text
      ready(printed)
    },
    stopped,
  )
  const settings = new Map(
    (await lines).split('\n').map((line): [string, string] => {
      const at = line.indexOf('=')
      return [line.slice(0, at), line.slice(at + 1)]
    }),
  )
  const get = (name: string) => settings.get(`CONFORMANCE_${name}`) ?? ''
  const end = () => {
    stop()
    return ended
  }
  return { get, end }
}

test('a server with a fault is broken as the fault says, and stops when it is told to', async () => {
  const { get, end } = await served({ fault: 'bare-array' })
  const url = `${get('BASE_URL')}/sessions/${get('SESSION_ID')}/threads/${get('THREAD_ID')}/events`
  const answer = await fetch(url, { headers: { authorization: `Bearer ${get('TOKEN')}` } })
  expect(Array.isArray(await answer.json())).toBe(true)
  expect(await end()).toBe(0)
})

test('a fault that there is not ends in 2, with the names that are like it', async () => {
  const done = await runCli(['serve', '--fault', 'keyset-ties'])
  expect(done.code).toBe(2)
  expect(done.stderr).toContain('keyset-ties-by-id')
})

test('world prints a world', async () => {
  const { stdout } = await runCli(['world'])
  const world = parseJson(stdout)
  expect(world === undefined ? 'no JSON' : schemaProblem('world', world)).toBeUndefined()
})
