import { readFileSync } from 'node:fs'
import { ConfigError } from '../config/load.ts'
import { createReferenceServer } from '../reference/server.ts'
import { asArrived } from '../reference/world/arrival.ts'
import { defaultWorld } from '../reference/world/default-world.ts'
import { parseWorld, WorldError } from '../reference/world/parse-world.ts'
import type { World } from '../reference/world/world.ts'

/** Runs the reference server until it is interrupted, and prints what a `.env` needs to point at it. */
export async function serveCommand(
  own: Readonly<Record<string, string>>,
  print: (text: string) => void,
  stopped: Promise<void>,
): Promise<number> {
  const port = own.port ?? '0'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new ConfigError([`--port must be a number from 0 to 65535 (it is ${JSON.stringify(port)}).`])
  const world = own.world === undefined ? asArrived(defaultWorld()) : readWorld(own.world)
  const server = await listening({ port: Number(port), host: own.host ?? '127.0.0.1', world })
  const [session, other] = world.sessions
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

async function listening(options: { port: number; host: string; world: World }) {
  try {
    return await createReferenceServer(options)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new ConfigError([
      `--host ${options.host} --port ${options.port} cannot be listened on${code}; choose others.`,
    ])
  }
}

function readWorld(file: string): World {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return parseWorld(value)
  } catch (error) {
    const why = error instanceof WorldError ? error.message : 'It cannot be read as JSON.'
    throw new ConfigError([`--world names ${JSON.stringify(file)}, which is no world: ${why}`])
  }
}
