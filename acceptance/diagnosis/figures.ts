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
  const together = [...publicServers, ...pairs, ...triples]
  return {
    not_named: namesOf([...single, ...together], ({ named }) => !named),
    other_kind: namesOf(single, ({ kindRight }) => !kindRight),
    misleading: namesOf([...single, ...together], ({ misleading }) => misleading),
    wrongly_certain: namesOf([...single, ...together], ({ wronglyCertain }) => wronglyCertain),
  }
}

/** The figures of a measurement. */
export function figuresOf(measured: Measured, seeds: SampleSeeds): DiagnosisFigures {
  const { single, pairs, triples, publicServers } = measured
  const exceptions = exceptionsOf(measured)
  const count = (answers: readonly TrialAnswer[], is: (answer: TrialAnswer) => boolean) =>
    answers.filter(is).length
  const named = (answers: readonly TrialAnswer[]) => count(answers, (answer) => answer.named)
  const combined = (answers: readonly TrialAnswer[]) => ({
    servers: answers.length,
    named: named(answers),
    mechanisms_named: count(answers, ({ mechanismsNamed }) => mechanismsNamed),
    kinds_right: count(answers, ({ kindRight }) => kindRight),
    causes: answers.reduce((sum, { causes }) => sum + causes, 0),
    causes_named: answers.reduce((sum, { causesNamed }) => sum + causesNamed, 0),
    misleading: count(answers, ({ misleading }) => misleading),
    wrongly_certain: count(answers, ({ wronglyCertain }) => wronglyCertain),
  })
  return {
    of: diagnosable.length,
    seed: seeds.faults,
    faults: single.length,
    first: named(single),
    kind_right: single.length - exceptions.other_kind.length,
    misleading: count(single, ({ misleading }) => misleading),
    wrongly_certain: count(single, ({ wronglyCertain }) => wronglyCertain),
    composite_seed: seeds.composites,
    pairs: pairs.length,
    pairs_named: named(pairs),
    triples: triples.length,
    triples_named: named(triples),
    composites: { pairs: combined(pairs), triples: combined(triples) },
    public_servers: publicServers.length,
    public_servers_named: named(publicServers),
    exceptions,
  }
}
