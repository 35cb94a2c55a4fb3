import { expect, test } from 'vitest'
import { parseJson } from '../contract/json.ts'
import { schemaProblem } from '../contract/schemas.ts'
import { faultNames, variantNames } from '../library/reference-server.ts'
import { emptyFolder, runCli } from './command-fixture.ts'
import { main } from './command-line.ts'

async function served(args: readonly string[]) {
  let printed = ''
  const stop = new AbortController()
  let ready = (_text: string) => undefined
  const lines = new Promise<string>((resolve) => {
    ready = (text) => void resolve(text)
  })
  const ended = main(['serve', ...args], {
    stdout: {
      write(text) {
        printed += text
        ready(printed)
      },
    },
    stderr: { write: (text) => ready(text) },
    env: {},
    cwd: emptyFolder(),
    signal: stop.signal,
  })
  const settings = new Map(
    (await lines).split('\n').map((line): [string, string] => {
      const at = line.indexOf('=')
      return [line.slice(0, at), line.slice(at + 1)]
    }),
  )
  const get = (name: string) => settings.get(`CONFORMANCE_${name}`) ?? ''
  const end = () => {
    stop.abort()
    return ended
  }
  return { get, end }
}

test('a server with a fault has the fault, and stops when closed', async () => {
  const { get, end } = await served(['--fault', 'bare-array'])
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

test('faults filters by area and by text, and shows one in full', async () => {
  const area = (await runCli(['faults', 'pagination'])).stdout
  expect(area).toMatch(/^ {2}keyset-without-tie-break +.*PAG-03/m)
  expect(area).not.toContain('bare-array')
  const one = (await runCli(['faults', 'bare-array'])).stdout
  expect(one).toMatch(/^bare-array\n[\s\S]*breaks ENV-01: /)
  expect(one).toContain('serve --fault bare-array')
  const none = await runCli(['faults', 'bare-aray'])
  expect(none.code).toBe(2)
  expect(none.stderr).toContain('Did you mean bare-array?')
})

test('--fault and --variant cannot be combined', async () => {
  const done = await runCli(['serve', '--fault', 'bare-array', '--variant', 'gzip-unasked'])
  expect(done.code).toBe(2)
  expect(done.stderr).toContain('--fault and --variant cannot be combined.')
})

test('world prints a world', async () => {
  const { stdout } = await runCli(['world'])
  const world = parseJson(stdout)
  expect(world === undefined ? 'no JSON' : schemaProblem('world', world)).toBeUndefined()
})
