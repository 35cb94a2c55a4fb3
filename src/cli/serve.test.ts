import { expect, test } from 'vitest'
import { parseJson } from '../contract/json.ts'
import { schemaProblem } from '../contract/schemas.ts'
import { faultNames, variantNames } from '../library/reference-server.ts'
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

test('faults prints every fault with what it breaks, and every variant, in each format', async () => {
  const [terminal, markdown, json] = await Promise.all(
    ['terminal', 'markdown', 'json'].map(
      async (format) => (await runCli(['faults', '--format', format])).stdout,
    ),
  )
  const told = parseJson(json ?? '')
  expect(told).toMatchObject({
    faults: { length: faultNames.length },
    variants: { length: variantNames.length },
  })
  for (const name of [...faultNames, ...variantNames])
    expect([terminal, markdown].every((text) => text?.includes(name))).toBe(true)
  expect(markdown).toMatch(/^\| bare-array \| .+ \| ENV-01 .*\|$/m)
  expect((await runCli(['faults', '--format', 'yaml'])).code).toBe(2)
})

test('world prints a world', async () => {
  const { stdout } = await runCli(['world'])
  const world = parseJson(stdout)
  expect(world === undefined ? 'no JSON' : schemaProblem('world', world)).toBeUndefined()
})
