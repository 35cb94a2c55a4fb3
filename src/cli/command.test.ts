import { readdirSync, readFileSync } from 'node:fs'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { requirements } from '../contract/catalogue.ts'
import { isJsonObject, parseJson } from '../contract/json.ts'
import { schemaProblem } from '../contract/schemas.ts'
import { faults } from '../reference/faults/index.ts'
import { startReferenceServer } from '../reference/server.ts'
import { closedPort, portOf, runCli } from './command-fixture.ts'

const timeout = 60_000
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function listening(server: ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return `http://127.0.0.1:${portOf(server)}/v1`
}

function site(answer: RequestListener): Promise<string> {
  const server = createHttpServer(answer)
  closers.push(() => server.closeAllConnections())
  return listening(server)
}

describe('the main job without a base URL', () => {
  test('judges the embedded server, ends in 0, and writes a valid report', { timeout }, async () => {
    const done = await runCli([])
    expect(done.stderr).toBe('')
    expect(done.code, done.stdout).toBe(0)
    expect(done.stdout).toContain('CONFORMANT')
    const report = done.report()
    expect(report === undefined ? 'no JSON' : schemaProblem('report', report)).toBeUndefined()
    const junit = readFileSync(join(done.folder, 'reports/junit.xml'), 'utf8')
    for (const { id } of requirements) expect(junit).toContain(id)
  })

  test.for([[['--only', 'AUT-01,filter']], [['AUT-01', 'filter']], [['run', 'filter', '--only', 'AUT-01']]])(
    'judges only what %j names',
    { timeout },
    async ([args = []]) => {
      const done = await runCli([...args, '--runs', '0'])
      expect(done.code, done.stdout).toBe(0)
      const report = done.report()
      const rows =
        isJsonObject(report) && Array.isArray(report.requirements)
          ? report.requirements.filter(isJsonObject)
          : []
      const ran = rows.filter(({ verdict }) => verdict !== 'not-run').map(({ id }) => id)
      expect(ran.toSorted()).toEqual(['AUT-01', 'FLT-01', 'FLT-02', 'FLT-03', 'FLT-04', 'FLT-05'])
    },
  )
})

describe('a target that cannot be judged ends in 3 with one clear sentence', () => {
  const ids = { CONFORMANCE_SESSION_ID: 'sess_a', CONFORMANCE_THREAD_ID: 'sthr_a' }
  const run = (url: string, more: Readonly<Record<string, string>> = ids) =>
    runCli([], { CONFORMANCE_BASE_URL: url, CONFORMANCE_TOKEN: 'a-token-of-no-worth', ...more })

  test('a closed port', { timeout }, async () => {
    const done = await run(`http://127.0.0.1:${await closedPort()}/v1`)
    expect(done.stdout).toContain('the connection was refused')
    expect(done.code).toBe(3)
  })

  test('a host that never answers', { timeout }, async () => {
    const url = await listening(createTcpServer((socket) => closers.push(() => socket.destroy())))
    const done = await run(url, { ...ids, CONFORMANCE_TIMEOUT_MS: '400' })
    expect(done.stdout.replaceAll('\n', ' ')).toContain('no response within 400 ms')
    expect(done.code).toBe(3)
  })

  test.for([ids, {}])('an HTML site, with ids %j', { timeout }, async (more) => {
    const url = await site((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8').end('<h1>Welcome</h1>')
    })
    const done = await run(url, more)
    expect(done.stdout).toContain('HTML page')
    expect(done.code).toBe(3)
  })

  test.for([ids, {}])('a server that answers 401 to everything, with ids %j', { timeout }, async (more) => {
    const url = await site((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end('{"type":"error","error":{"type":"authentication_error","message":"No."}}')
    })
    const done = await run(url, more)
    expect(done.stdout).toContain('the token is not accepted')
    expect(done.code).toBe(3)
  })
})

describe('a broken server', () => {
  test('ends in 1, names the requirement, and shows a request without the token', { timeout }, async () => {
    const fault = faults.find(({ name }) => name === 'keyset-without-tie-break')
    const server = await startReferenceServer({ behaviour: fault?.override ?? (() => ({})) })
    closers.push(() => server.close())
    const done = await runCli(['--attempts', '2'], {
      CONFORMANCE_BASE_URL: `${server.baseUrl}/`,
      QODER_PAT: server.token,
    })
    expect(done.code).toBe(1)
    expect(done.stdout).toContain('PAG-03 MUST')
    expect(done.stdout).toContain('reproduced 2 of 2')
    expect(done.stdout).toContain(`'Authorization: Bearer '"$CONFORMANCE_TOKEN"`)
    expect(done.stdout).not.toContain(server.token)
    expect(JSON.stringify(done.report())).not.toContain(server.token)
  })
})

describe("a user's mistake ends in 2", () => {
  test('all problems are named at once, and no secret is shown', { timeout }, async () => {
    const done = await runCli(['--only', 'PAG-99'], {
      CONFORMANCE_BASE_URL: 'nowhere',
      CONFORMANCE_TIMEOUT_MS: 'soon',
      CONFORMANCE_HEADERS: 'not-a-header-but-a-secret',
    })
    expect(done.code).toBe(2)
    for (const name of ['BASE_URL', 'TIMEOUT_MS', 'HEADERS', 'TOKEN'])
      expect(done.stderr).toContain(`CONFORMANCE_${name}`)
    expect(done.stderr).toContain('--only names "PAG-99"')
    expect(done.stderr).not.toContain('not-a-header-but-a-secret')
    expect(done.stderr).not.toContain('    at ')
  })

  test.for<[string, string]>([
    ['--no-such-flag', 'Unknown option --no-such-flag.'],
    ['--token x', 'Unknown option --token.'],
    ['--sed 5', 'Unknown option --sed. Did you mean --seed?'],
    ['--fualt x', 'Unknown option --fualt. Did you mean --fault?'],
    ['--fault x', 'Unknown option --fault. It is an option of serve.'],
    ['--fault x --only envelope', 'Unknown option --fault. It is an option of serve.'],
    ['run --format json', 'Unknown option --format. It is an option of compare, faults and requirements.'],
    ['serve --shard 1/2', 'Unknown option --shard.'],
    ['faluts', '"faluts" is not a known area, requirement ID or command. Did you mean faults?'],
    ['PAG-99', 'Did you mean PAG-09?'],
    ['pagintion', 'Did you mean pagination?'],
    ['PAG-03 doctor', 'Put the command doctor first'],
    ['doctor extra', 'doctor takes no arguments, got 1.'],
    ['compare a', 'The argument new is missing.'],
    ['compare a b --format xml', 'Invalid --format xml. Choose from terminal, json, markdown.'],
    ['--reporter html,jnit', 'Did you mean junit?'],
    ['--seed', '--seed needs a value (N).'],
    ['replay x PAG-99', 'Did you mean PAG-09?'],
  ])('%s', { timeout }, async ([line, sentence]) => {
    const done = await runCli(line.split(' '))
    expect(done.code).toBe(2)
    expect(done.stderr).toContain(sentence)
    expect(done.stderr.split(sentence)).toHaveLength(2)
    expect(done.stderr).toContain('--help')
    expect(done.stdout).toBe('')
  })

  test('a replay that tests another server than the report', { timeout }, async () => {
    const env = { CONFORMANCE_TOKEN: 'pat_a_0123456789' }
    const { folder } = await runCli(['--base-url', `http://127.0.0.1:${await closedPort()}/v1`], env)
    const done = await runCli(['replay', 'reports/conformance.json', 'PAG-03'], env, undefined, folder)
    expect(done.stderr).toContain('so the embedded reference server is tested')
  })

  test('a misspelt variable', { timeout }, async () => {
    const done = await runCli([], { CONFORMANCE_MAX_EVENT: '5' })
    expect(done.code).toBe(2)
    expect(done.stderr).toContain(
      'Unknown variable CONFORMANCE_MAX_EVENT. Did you mean CONFORMANCE_MAX_EVENTS?',
    )
  })
})

test('run --json prints the report and nothing else', { timeout }, async () => {
  const done = await runCli(['AUT-01', '--json'])
  const report = parseJson(done.stdout)
  expect(schemaProblem('report', report ?? null)).toBeUndefined()
  expect(report).toEqual(done.report())
  expect([done.code, done.stderr]).toEqual([0, ''])
})

test('--reporter chooses the formats', { timeout }, async () => {
  const done = await runCli(['AUT-01', '--reporter', 'junit,har'])
  expect(readdirSync(join(done.folder, 'reports')).toSorted()).toEqual(['exchanges.har', 'junit.xml'])
  expect(done.stdout).not.toContain('CONFORMANT')
})
