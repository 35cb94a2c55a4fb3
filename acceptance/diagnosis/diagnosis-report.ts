import { figuresOf, type SampleSeeds } from './figures.ts'
import type { Measured } from './measure.ts'

/** The figures in sentences. */
export function diagnosisSummary(measured: Measured, seeds: SampleSeeds): string[] {
  const figures = figuresOf(measured, seeds)
  const { faults, pairs, triples } = figures
  const share = (count: number, of: number) =>
    `${count} of ${of} (${of === 0 ? 100 : Math.round((1000 * count) / of) / 10} %)`
  return [
    `- Sample: ${faults === figures.of ? `all ${faults}` : `${faults} of the ${figures.of}`} faults that break a MUST requirement${faults === figures.of ? '' : `, drawn with seed ${seeds.faults}`}; ${pairs} pairs and ${triples} triples of independent faults, drawn with seed ${seeds.composites}.`,
    `- Named first, with the whole dictionary: ${share(figures.first, faults)}.`,
    `- With the fault taken out of the dictionary: kind right ${share(figures.kind_right, faults)}, another mechanism named ${share(figures.misleading, faults)}, certain and wrong ${share(figures.wrongly_certain, faults)}.`,
    ...(['pairs', 'triples'] as const).map((size) => {
      const some = figures.composites?.[size]
      const what = size === 'pairs' ? 'Two faults at once, both' : 'Three faults at once, all'
      if (some === undefined) return `- ${what} named: ${figures[`${size}_named`]} of ${figures[size]}.`
      return `- ${what} named: ${share(some.named, some.servers)}, ${size === 'pairs' ? 'both' : 'all'} by mechanism: ${share(some.mechanisms_named, some.servers)}, kinds right: ${share(some.kinds_right, some.servers)}. Of their faults, ${share(some.causes_named, some.causes)} are named. Another mechanism named: ${share(some.misleading, some.servers)}, certain and wrong: ${share(some.wrongly_certain, some.servers)}.`
    }),
    `- Rebuilt public servers, every cause named: ${share(figures.public_servers_named, figures.public_servers)}.`,
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
    'works (“has_more is true whenever the page is full.”). A response that belongs to another request is a kind of its own,',
    'and right for every fault that mixes up requests. Of several faults at once, one is named where its mechanism is',
    'named, or its kind with the mechanism among the alternatives that the responses do not tell apart.',
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
