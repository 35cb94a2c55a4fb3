import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { packageFile } from '../../src/contract/package-root.ts'

const names = z.array(z.string())

const combined = z.object({
  servers: z.number(),
  /** Every bug is named, by its mechanism or among the alternatives of its kind. */
  named: z.number(),
  mechanisms_named: z.number(),
  kinds_right: z.number(),
  causes: z.number(),
  causes_named: z.number(),
  misleading: z.number(),
  wrongly_certain: z.number(),
})

/** `docs/diagnosis.json`: the figures of a measurement, and the servers by which they fall short. */
export const diagnosisFigures = z.object({
  of: z.number(),
  seed: z.number(),
  faults: z.number(),
  first: z.number(),
  kind_right: z.number(),
  misleading: z.number(),
  wrongly_certain: z.number(),
  composite_seed: z.number(),
  pairs: z.number(),
  pairs_named: z.number(),
  triples: z.number(),
  triples_named: z.number(),
  /** Optional: older figures lack it. */
  composites: z.object({ pairs: combined, triples: combined }).optional(),
  public_servers: z.number(),
  public_servers_named: z.number(),
  exceptions: z.object({ not_named: names, other_kind: names, misleading: names, wrongly_certain: names }),
})
export type DiagnosisFigures = z.infer<typeof diagnosisFigures>

/** The published figures. */
export function publishedFigures(): DiagnosisFigures {
  return diagnosisFigures.parse(JSON.parse(readFileSync(packageFile('docs/diagnosis.json'), 'utf8')))
}
