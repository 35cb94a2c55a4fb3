import fc from 'fast-check'
import type { Arrival, Batch, LivePlay } from './live-play.ts'

/** What decides which steps are possible. */
export interface LiveModel {
  exists: boolean
  events: number
  streams: number
  readonly mostStreams: number
  /** How often an expired token may still be used: each time is a wrong credential. */
  expired: number
  /** Whether lists and filters can be used on this target. */
  readonly lists: boolean
  readonly filters: boolean
}

/** One thing that happens to a thread or to a client that follows it. */
export interface Step {
  readonly text: string
  possible(model: Readonly<LiveModel>): boolean
  act(model: LiveModel, play: LivePlay): Promise<void>
  /** Steps that do less of the same, to explain a failure with. */
  simpler(): readonly Step[]
}

/** A thread stays within one page. */
const mostEvents = 95
/** Larger than the buffers that frames and messages of a broker usually have to fit into. */
const largeSize = 70_000
const mostSteps = 24

/** Sequences of steps, as many as possible of each model. */
export function liveSteps(): fc.Arbitrary<readonly Step[]> {
  const step = fc.oneof(
    { weight: 8, arbitrary: append },
    { weight: 6, arbitrary: open },
    { weight: 6, arbitrary: list },
    { weight: 2, arbitrary: fc.constantFrom(1, 3).map(appendBesideStep) },
    { weight: 2, arbitrary: fc.constant(leaveStep) },
    { weight: 1, arbitrary: fc.constantFrom(0, 1, 5).map(replaceStep) },
    { weight: 1, arbitrary: fc.constant(removeStep) },
    { weight: 1, arbitrary: fc.boolean().map(expiredStep) },
  )
  return fc.array(step, { maxLength: mostSteps, size: 'max' })
}

const arrivals: readonly Arrival[] = ['later', 'equal', 'earlier']

const append = fc
  .record({
    count: fc.constantFrom(1, 2, 3, 6, 20),
    arrival: fc.constantFrom(...arrivals),
    types: fc.constantFrom('wanted' as const, 'other' as const, 'mixed' as const),
    size: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constant(largeSize) },
    ),
  })
  .map(appendStep)

const open = fc
  .record({
    filtered: fc.boolean(),
    from: fc.option(fc.constantFrom(0, 0.5, 1), { nil: undefined }),
    settled: fc.boolean(),
  })
  .map(openStep)

const list = fc.record({ filtered: fc.boolean(), descending: fc.boolean() }).map(listStep)

function appendStep(batch: Batch): Step {
  const simpler: readonly Batch[] = [
    { ...batch, count: 1 },
    { ...batch, count: 2 },
    { ...batch, types: 'wanted' },
    { ...batch, arrival: 'later' },
    { ...batch, size: undefined },
  ]
  return {
    text: `append ${described(batch)}`,
    possible: (model) => model.exists && model.events + batch.count <= mostEvents,
    act: (model, play) => {
      model.events += batch.count
      return play.append(batch)
    },
    simpler: () =>
      simpler
        .filter((one) => described(one) !== described(batch) && one.count <= batch.count)
        .map(appendStep),
  }
}

function appendBesideStep(count: number): Step {
  return {
    text: `append ${counted(count)} to the sibling`,
    possible: (model) => model.exists,
    act: (_model, play) => play.appendBeside(count),
    simpler: () => (count > 1 ? [appendBesideStep(1)] : []),
  }
}

interface Opening {
  readonly filtered: boolean
  readonly from: number | undefined
  readonly settled: boolean
}

function openStep(opening: Opening): Step {
  const { filtered, from, settled } = opening
  return {
    text: `open a stream${filtered ? ' with a filter' : ''}${from === undefined ? '' : ' after an event'}${settled ? '' : ' without waiting for the history'}`,
    possible: (model) =>
      model.exists &&
      model.streams < model.mostStreams &&
      (!filtered || model.filters) &&
      (from === undefined || model.events > 0),
    act: (model, play) => {
      model.streams += 1
      return play.open(filtered, from, settled)
    },
    simpler: () => [
      ...(filtered ? [openStep({ ...opening, filtered: false })] : []),
      ...(from === undefined ? [] : [openStep({ ...opening, from: undefined })]),
      ...(settled ? [] : [openStep({ ...opening, settled: true })]),
    ],
  }
}

const leaveStep: Step = {
  text: 'close the stream that was opened first',
  possible: (model) => model.streams > 0,
  act: (model, play) => {
    model.streams -= 1
    play.leave()
    return Promise.resolve()
  },
  simpler: () => [],
}

function listStep({
  filtered,
  descending,
}: {
  readonly filtered: boolean
  readonly descending: boolean
}): Step {
  return {
    text: `list the thread${filtered ? ' with a filter' : ''}${descending ? ' in descending order' : ''}`,
    possible: (model) => model.exists && model.lists && (!filtered || model.filters),
    act: (_model, play) =>
      play.list({
        limit: 100,
        ...(descending ? { order: 'desc' as const } : {}),
        ...(filtered ? { types: play.filter } : {}),
      }),
    simpler: () => [
      ...(filtered ? [listStep({ filtered: false, descending })] : []),
      ...(descending ? [listStep({ filtered, descending: false })] : []),
    ],
  }
}

function replaceStep(count: number): Step {
  return {
    text: `replace the session by one with ${counted(count)}`,
    possible: () => true,
    act: (model, play) => {
      model.exists = true
      model.events = count
      model.streams = 0
      return play.replace(count)
    },
    simpler: () => [],
  }
}

const removeStep: Step = {
  text: 'delete the session',
  possible: (model) => model.exists,
  act: (model, play) => {
    model.exists = false
    model.events = 0
    model.streams = 0
    return play.remove()
  },
  simpler: () => [],
}

function expiredStep(stream: boolean): Step {
  return {
    text: `use an expired token${stream ? ' for a stream' : ''}`,
    possible: (model) => model.exists && model.expired > 0,
    act: (model, play) => {
      model.expired -= 1
      return play.askExpired(stream)
    },
    simpler: () => [],
  }
}

function described({ count, arrival, types, size }: Batch): string {
  const time = { later: 'later timestamps', equal: 'equal timestamps', earlier: 'earlier timestamps' }[
    arrival
  ]
  const kind = { wanted: '', other: ' of another type', mixed: ' of two types' }[types]
  return `${counted(count)}${kind} with ${time}${size === undefined ? '' : ', one of them large'}`
}

function counted(count: number): string {
  return count === 1 ? '1 event' : `${count} events`
}
