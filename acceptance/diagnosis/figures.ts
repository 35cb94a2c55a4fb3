import type { Measured } from './measure.ts'
import type { DiagnosisFigures } from './published-figures.ts'
import { diagnosable, type TrialAnswer } from './trial.ts'

/** What the servers were chosen by: the same seeds give the same ones. */
export interface SampleSeeds {
  readonly faults: number
  readonly composites: number
}

/** The servers for which a diagnosis falls short, by how. */
export type Exceptions = DiagnosisFigures['exceptions']

/** The servers of a measurement for which the diagnosis falls short. */
export function exceptionsOf({ single, pairs, triples, publicServers }: Measured): Exceptions {
  const namesOf = (answers: readonly TrialAnswer[], is: (answer: TrialAnswer) => boolean) =>
    answers.filter(is).map(({ name }) => name)
  return {
    not_named: namesOf([...publicServers, ...single, ...pairs, ...triples], ({ named }) => !named),
    other_kind: namesOf(single, ({ kindRight }) => !kindRight),
    misleading: namesOf(single, ({ misleading }) => misleading),
    wrongly_certain: namesOf(single, ({ wronglyCertain }) => wronglyCertain),
  }
}

/** The figures of a measurement. */
export function figuresOf(measured: Measured, seeds: SampleSeeds): DiagnosisFigures {
  const { single, pairs, triples, publicServers } = measured
  const exceptions = exceptionsOf(measured)
  const named = (answers: readonly TrialAnswer[]) => answers.filter((answer) => answer.named).length
  return {
    of: diagnosable.length,
    seed: seeds.faults,
    faults: single.length,
    first: named(single),
    kind_right: single.length - exceptions.other_kind.length,
    misleading: exceptions.misleading.length,
    wrongly_certain: exceptions.wrongly_certain.length,
    composite_seed: seeds.composites,
    pairs: pairs.length,
    pairs_named: named(pairs),
    triples: triples.length,
    triples_named: named(triples),
    public_servers: publicServers.length,
    public_servers_named: named(publicServers),
    exceptions,
  }
}
