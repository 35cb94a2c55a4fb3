import { readFileSync } from 'node:fs'
import { ConfigError } from '../config/load.ts'
import { parseJson } from '../contract/json.ts'
import { createReferenceServer, faultNames, variantNames } from '../library/reference-server.ts'
import { parseWorld, WorldError } from '../reference/world/parse-world.ts'
import type { World } from '../reference/world/world.ts'

/**
 * Runs the reference server until it is interrupted, as it should be or broken as `--fault` names it, and prints what
 * a `.env` needs to point at it.
 */
export async function serveCommand(
  own: Readonly<Record<string, string>>,
  print: (text: string) => void,
  stopped: Promise<void>,
): Promise<number> {
  const port = own.port ?? '0'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new ConfigError([`--port must be a number from 0 to 65535 (it is ${JSON.stringify(port)}).`])
  checkName('fault', faultNames, own.fault)
  checkName('variant', variantNames, own.variant)
  const server = await listening({
    port: Number(port),
    host: own.host ?? '127.0.0.1',
    world: own.world === undefined ? undefined : readWorld(own.world),
    fault: own.fault,
    variant: own.variant,
  })
  const [session, other] = server.world.sessions
  const lines = [
    ['CONFORMANCE_BASE_URL', server.baseUrl],
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
  await stopped
  await server.close()
  return 0
}

function checkName(kind: string, names: readonly string[], name: string | undefined): void {
  if (name === undefined || names.includes(name)) return
  const [word = ''] = name.split('-')
  const like = names.filter((one) => word !== '' && one.includes(word)).slice(0, 8)
  const some = like.length === 0 ? names.slice(0, 8) : like
  throw new ConfigError([
    `There is no ${kind} ${JSON.stringify(name)}; among the ${names.length} there are ${some.join(', ')}. thread-events-conformance faults prints all.`,
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
      `--host ${options.host} --port ${options.port} cannot be listened on${code}. Choose others, or leave --port out for one that is free.`,
    ])
  }
}

function readWorld(file: string): World {
  const named = `--world names ${JSON.stringify(file)}`
  const value = parseJson(textOf(file, named))
  if (value === undefined) throw new ConfigError([`${named}, which is not JSON. ${example}`])
  try {
    return parseWorld(value)
  } catch (error) {
    if (!(error instanceof WorldError)) throw error
    throw new ConfigError([`${named}, which is no world: ${error.message} ${example}`])
  }
}

function textOf(file: string, named: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    const why = code === 'ENOENT' ? 'which does not exist' : 'which cannot be read'
    throw new ConfigError([`${named}, ${why}. ${example}`])
  }
}

const example = 'The command `world --out world.json` writes an example.'
