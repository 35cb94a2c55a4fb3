import { readFileSync } from 'node:fs'
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os'
import { z } from 'zod'
import { packageFile, packageVersion } from '../src/contract/package-root.ts'
import { megabytes, type Row } from './figure.ts'

/** What the figures were measured on and with. */
export function machine(): readonly Row[] {
  const [cpu] = cpus()
  const version = (name: string) => ({
    what: name,
    value: manifest.parse(JSON.parse(readFileSync(packageFile(`node_modules/${name}/package.json`), 'utf8')))
      .version,
  })
  return [
    { what: 'processor', value: `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}` },
    { what: 'memory', value: megabytes(totalmem()) },
    { what: 'system', value: `${platform()} ${release()} ${arch()}` },
    { what: 'load before', value: `${loadavg()[0]?.toFixed(1)} over the last minute` },
    { what: 'node', value: process.version },
    { what: 'thread-events-conformance', value: packageVersion },
    ...['undici', 'eventsource-parser', 'ajv', 'vitest'].map(version),
  ]
}

const manifest = z.object({ version: z.string() })
