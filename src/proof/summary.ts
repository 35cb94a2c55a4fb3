import { type RequirementId, requirements } from '../contract/catalogue.ts'
import type { Detection } from './detection.ts'
import { keptChecks } from './kept-checks.ts'

/** What became of one variant. */
export interface VariantResult {
  readonly name: string
  readonly sentence: string
  /** Requirements that failed though the server is right. */
  readonly alarms: readonly string[]
  /** Requirements that could not be judged. */
  readonly undecided: readonly string[]
}

/** The two numbers of the suite, and what they are made of. */
export interface DetectionSummary {
  readonly faults: number
  readonly detected: number
  readonly variants: number
  readonly false_alarms: number
  readonly survivors: readonly string[]
  readonly alarmed_variants: readonly string[]
  /** For each requirement: the faults that make it fail, and those that only it finds. */
  readonly requirements: readonly {
    readonly id: RequirementId
    readonly faults: readonly string[]
    readonly alone: readonly string[]
  }[]
  readonly matrix: readonly {
    readonly fault: string
    readonly sentence: string
    readonly fails: readonly RequirementId[]
  }[]
  readonly unusual: readonly { readonly variant: string; readonly sentence: string }[]
}

/** Sums up a whole matrix. */
export function summarise(
  detections: readonly Detection[],
  variants: readonly VariantResult[],
): DetectionSummary {
  const byName = detections.toSorted((a, b) => a.fault.localeCompare(b.fault))
  const detected = byName.filter((one) => one.detected)
  const alarmed = variants.filter(({ alarms }) => alarms.length > 0).map(({ name }) => name)
  return {
    faults: byName.length,
    detected: detected.length,
    variants: variants.length,
    false_alarms: alarmed.length,
    survivors: byName.filter((one) => !one.detected).map(({ fault }) => fault),
    alarmed_variants: alarmed.toSorted(),
    requirements: requirements.map(({ id }) => {
      const finds = detected.filter(({ declared }) => declared.includes(id))
      const alone = finds.filter(({ declared }) => declared.length === 1)
      return { id, faults: finds.map(({ fault }) => fault), alone: alone.map(({ fault }) => fault) }
    }),
    matrix: byName.map(({ fault, sentence, declared }) => ({ fault, sentence, fails: declared })),
    unusual: variants
      .map(({ name, sentence }) => ({ variant: name, sentence }))
      .toSorted((a, b) => a.variant.localeCompare(b.variant)),
  }
}

/** The summary for a reader. */
export function detectionMarkdown(summary: DetectionSummary): string {
  const { faults, detected, variants, false_alarms, survivors, alarmed_variants } = summary
  const count = summary.requirements.map(
    ({ id, faults: found, alone }) =>
      `| ${id} | ${found.length} | ${alone.length} | ${alone.length > 0 ? alone.slice(0, 3).join(', ') : (keptChecks[id] ?? '')} |`,
  )
  const matrix = summary.matrix.map(
    ({ fault, sentence, fails }) => `| ${fault} | ${cell(sentence)} | ${fails.join(' ')} |`,
  )
  const unusual = summary.unusual.map(({ variant, sentence }) => `| ${variant} | ${cell(sentence)} |`)
  return `${[
    '# What the suite finds, and how often it cries wolf',
    '',
    'Made by `npm test`: the whole suite against the reference server with one fault, or one unusual but allowed',
    'behaviour, at a time. A fault counts as detected only when exactly the requirements that it breaks fail.',
    '',
    `- faults detected: **${detected} of ${faults}**${survivors.length === 0 ? '' : ` (not: ${survivors.join(', ')})`}`,
    `- false alarms: **${false_alarms} in ${variants} variants**${alarmed_variants.length === 0 ? '' : ` (${alarmed_variants.join(', ')})`}`,
    '',
    '## Requirements',
    '',
    '| requirement | faults that fail it | found by it alone | such as, or why the check stays |',
    '|---|---|---|---|',
    ...count,
    '',
    '## Faults',
    '',
    '| fault | what the server does | requirements that fail |',
    '|---|---|---|',
    ...matrix,
    '',
    '## Variants',
    '',
    '| variant | what the server does |',
    '|---|---|',
    ...unusual,
  ].join('\n')}\n`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
