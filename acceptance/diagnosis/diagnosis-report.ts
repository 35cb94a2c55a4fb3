import { type Measured, percent } from './measure.ts'
import { diagnosable, type TrialAnswer } from './trial.ts'

/** What the servers were chosen by: the same seeds give the same ones. */
export interface SampleSeeds {
  readonly faults: number
  readonly composites: number
}

/** The figures of a measurement, for generated pages. */
export function diagnosisFigures({ single, pairs, triples, publicServers }: Measured) {
  const named = ({ named: is }: TrialAnswer) => is
  const count = (answers: readonly TrialAnswer[], is: (answer: TrialAnswer) => boolean) =>
    answers.filter(is).length
  return {
    of: diagnosable.length,
    faults: single.length,
    first: count(single, named),
    kind_right: count(single, ({ kindRight }) => kindRight),
    misleading: count(single, ({ misleading }) => misleading),
    wrongly_certain: count(single, ({ wronglyCertain }) => wronglyCertain),
    pairs: pairs.length,
    pairs_named: count(pairs, named),
    triples: triples.length,
    triples_named: count(triples, named),
    public_servers: publicServers.length,
    public_servers_named: count(publicServers, named),
  }
}

/** The figures in sentences. */
export function diagnosisSummary(
  { single, pairs, triples, publicServers }: Measured,
  seeds: SampleSeeds,
): string[] {
  const count = (answers: readonly TrialAnswer[], is: (answer: TrialAnswer) => boolean) =>
    `${answers.filter(is).length} of ${answers.length} (${percent(answers, is)} %)`
  const named = ({ named: is }: TrialAnswer) => is
  return [
    `- Sample: ${single.length} of the ${diagnosable.length} faults that break a MUST requirement, drawn with seed ${seeds.faults}; ${pairs.length} pairs and ${triples.length} triples of independent faults, drawn with seed ${seeds.composites}.`,
    `- Named first, with the whole dictionary: ${count(single, named)}.`,
    `- With the fault taken out of the dictionary: kind right ${count(single, ({ kindRight }) => kindRight)}, another mechanism named ${count(single, ({ misleading }) => misleading)}, certain and wrong ${count(single, ({ wronglyCertain }) => wronglyCertain)}.`,
    `- Two faults at once, both named: ${count(pairs, named)}.`,
    `- Three faults at once, all named: ${count(triples, named)}.`,
    `- Rebuilt public servers, every cause named: ${count(publicServers, named)}.`,
  ]
}

/** The figures for a reader. */
export function diagnosisMarkdown(measured: Measured, seeds: SampleSeeds): string {
  const { single, pairs, triples, publicServers } = measured
  return `${[
    '# What the diagnosis names',
    '',
    'Measured by `npm run diagnosis -- --update` on servers with faults of the catalogue, over another world and other',
    'generated data than the catalogue was made with. A kind is the kind of bug (“has_more is wrong.”), a mechanism how it',
    'works (“has_more is true whenever the page is full.”).',
    '',
    ...diagnosisSummary(measured, seeds),
    '',
    '| server | named | diagnosis | without the fault in the dictionary |',
    '|---|---|---|---|',
    ...[...publicServers, ...pairs, ...triples, ...single].map(
      ({ name, named, said, heldSaid }) => `| ${name} | ${named ? 'yes' : 'no'} | ${said} | ${heldSaid} |`,
    ),
  ].join('\n')}\n`
}
