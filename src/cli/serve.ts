import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ConfigError } from '../config/load.ts'
import { suggestion } from '../config/suggest.ts'
import { parseJson } from '../contract/json.ts'
import { defaultRevision } from '../contract/revisions/index.ts'
import { createReferenceServer, faultNames, variantNames } from '../library/reference-server.ts'
import { parseWorld, WorldError } from '../reference/world/parse-world.ts'
import type { World } from '../reference/world/world.ts'
import type { CommandContext } from './context.ts'

/** Runs the reference server until it is interrupted, and prints the variables that point a run at it. */
export async function serveCommand(
  own: Readonly<Record<string, string | undefined>>,
  { print, signal, cwd, invocation }: CommandContext,
): Promise<number> {
  const port = own.port ?? '0'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new ConfigError([`--port must be a number from 0 to 65535 (it is ${JSON.stringify(port)}).`])
  if (own.fault !== undefined && own.variant !== undefined)
    throw new ConfigError(['--fault and --variant cannot be combined.'])
  checkName('fault', faultNames, own.fault, invocation)
  checkName('variant', variantNames, own.variant, invocation)
  const server = await listening({
    port: Number(port),
    host: own.host ?? '127.0.0.1',
    world: own.world === undefined ? undefined : readWorld(own.world, cwd),
    fault: own.fault,
    variant: own.variant,
    revision: own.revision,
  })
  const [session, other] = server.world.sessions
  const lines = [
    ['CONFORMANCE_BASE_URL', server.baseUrl],
    ['CONFORMANCE_REVISION', own.revision === defaultRevision.name ? undefined : own.revision],
    ['CONFORMANCE_TOKEN', server.token],
    ['CONFORMANCE_SESSION_ID', session?.id],
    ['CONFORMANCE_THREAD_ID', session?.threads[0]?.id],
    ['CONFORMANCE_SIBLING_THREAD_ID', session?.threads[1]?.id],
    ['CONFORMANCE_OTHER_SESSION_ID', other?.id],
    ['CONFORMANCE_OTHER_THREAD_ID', other?.threads[0]?.id],
    ['CONFORMANCE_EXPIRED_TOKEN', server.expiredToken],
    ['CONFORMANCE_OTHER_TENANT_TOKEN', server.otherTenantToken],
    ['CONFORMANCE_CONTROL_URL', server.controlUrl],
    ['CONFORMANCE_CONTROL_TOKEN', server.controlToken],
  ]
  print(`${lines.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])).join('\n')}\n`)
  await aborted(signal)
  await server.close()
  return 0
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done()
    signal.addEventListener('abort', () => done(), { once: true })
  })
}

function checkName(
  kind: string,
  names: readonly string[],
  name: string | undefined,
  invocation: string,
): void {
  if (name === undefined || names.includes(name)) return
  throw new ConfigError([
    `Unknown ${kind} ${name}.${suggestion(name, names)} "${invocation} faults" lists all.`,
  ])
}

async function listening(
  options: Parameters<typeof createReferenceServer>[0] & { port: number; host: string },
) {
  try {
    return await createReferenceServer(options)
  } catch (error) {
    if (error instanceof ConfigError) throw error
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new ConfigError([
      `Cannot listen on ${options.host}:${options.port}${code}. Choose another --port, or omit it to use a free one.`,
    ])
  }
}

function readWorld(file: string, cwd: string): World {
  const named = `--world ${JSON.stringify(file)}`
  const value = parseJson(textOf(resolve(cwd, file), named))
  if (value === undefined) throw new ConfigError([`${named} is not JSON. ${example}`])
  try {
    return parseWorld(value)
  } catch (error) {
    if (!(error instanceof WorldError)) throw error
    throw new ConfigError([`${named} is not valid: ${error.message} ${example}`])
  }
}

function textOf(file: string, named: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    const why = code === 'ENOENT' ? 'does not exist' : 'cannot be read'
    throw new ConfigError([`${named} ${why}. ${example}`])
  }
}

const example = 'The command "world --out world.json" writes an example.'
