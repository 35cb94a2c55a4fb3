import type { HostileQuestion } from '../../generate/hostile.ts'
import type { Question, StrangeQuestion, WalkQuestion } from '../../generate/questions.ts'
import type { Blame } from '../../oracle/blame.ts'
import { blameForWindow, blameOf, isNoAnswer, judgePage } from '../../oracle/blame-page.ts'
import { blameForHistory, judgeReplay } from '../../oracle/blame-stream.ts'
import type { KnownEvent, SeenEvent } from '../../oracle/event.ts'
import type { ListExchange, StreamExchange } from '../../oracle/history.ts'
import {
  judgeErrorBody,
  judgeErrorMediaType,
  judgeErrorMessage,
  judgeErrorType,
} from '../../oracle/judge-error.ts'
import { judgeNothingOf } from '../../oracle/judge-isolation.ts'
import { judgeIgnoredCursor } from '../../oracle/judge-page-size.ts'
import { judgeSurvival } from '../../oracle/judge-survival.ts'
import type { ListQuery, TypeSpelling } from '../../oracle/query.ts'
import { eventsPath } from '../../target/events-path.ts'
import type { Asker } from '../asker.ts'
import type { Reading } from '../reading.ts'
import { shownBy, shownOn } from '../shown.ts'

/** A thread that is asked about; `told`: what was handed over, where the suite made it. */
export interface Surroundings {
  readonly reading: Reading
  readonly told: ReadonlyMap<string, KnownEvent> | undefined
}

export interface Answered {
  readonly blames: readonly Blame[]
  readonly judged: number
}

const nothing: Answered = { blames: [], judged: 0 }

/** Puts one question to the target and judges the answer, or each of the answers. */
export async function askAbout(
  question: Question,
  threads: readonly Surroundings[],
  asker: Asker,
): Promise<Answered> {
  const about = threads[question.thread]
  if (about === undefined) return nothing
  if (question.ask === 'walk') return walk(question, about, asker)
  if (question.ask === 'hostile') return hostile(question, about, asker)
  if (question.ask === 'strange') return strange(question, about, threads[question.owner], asker)
  if (question.ask === 'stream') {
    const { types, after, spelling, accept } = question
    const asked = {
      spelling,
      accept,
      fresh: true,
      ...(types === undefined ? {} : { types }),
      ...(after === undefined ? {} : { after }),
    }
    const stream = await asker.stream(about.reading, asked)
    return judgedStream(stream, about, accept.join() === 'text/event-stream')
  }
  const { query, spelling, accept } = question
  const list = await asker.list(about.reading, query, { spelling, accept, fresh: true })
  return judgedPage(list, about, spelling)
}

async function walk({ query, turns }: WalkQuestion, about: Surroundings, asker: Asker): Promise<Answered> {
  let next: ListQuery = query
  let judged = 0
  for (let step = 0; step <= turns.length; step++) {
    const list = await asker.list(about.reading, next, { fresh: true })
    const answer = await judgedPage(list, about, 'comma')
    judged += answer.judged
    if (answer.blames.length > 0) return { blames: answer.blames, judged }
    const turn = turns[step]
    if (typeof list.page === 'string' || turn === undefined) break
    const cursor = turn.side === 'after' ? list.page.lastId : list.page.firstId
    if (typeof cursor !== 'string') break
    const { after: _after, before: _before, ...rest } = next
    next = { ...rest, ...limited(turn.limit), [turn.side]: cursor }
  }
  return { blames: [], judged }
}

async function hostile(
  { segment, query, headers, accept }: HostileQuestion,
  { reading }: Surroundings,
  asker: Asker,
): Promise<Answered> {
  const path = eventsPath(reading)
  const target =
    segment === undefined ? path : path.replace(/\/threads\/.*$/, () => `/threads/${segment}/events`)
  const exchange = await asker.ask({ target: target + query, headers, accept }, true)
  return {
    judged: exchange.response === undefined ? 0 : 1,
    blames: [
      ...blameOf('INP-01', judgeSurvival(exchange, false)),
      ...blameOf('ERR-01', judgeErrorBody(exchange)),
      ...blameOf('ERR-02', judgeErrorMediaType(exchange)),
      ...blameOf('ERR-03', judgeErrorType(exchange)),
      ...blameOf('ERR-04', judgeErrorMessage(exchange)),
    ],
  }
}

function limited(limit: number | undefined): { readonly limit?: number } {
  return limit === undefined ? {} : { limit }
}

async function strange(
  { side, cursor, order }: StrangeQuestion,
  { reading }: Surroundings,
  owner: Surroundings | undefined,
  asker: Asker,
): Promise<Answered> {
  const ordered = order === undefined ? {} : { order }
  const [list, plain] = await Promise.all([
    asker.list(reading, { ...ordered, [side]: cursor }, { fresh: true }),
    asker.list(reading, ordered, { fresh: true }),
  ])
  if (owner === undefined || isNoAnswer(list)) return nothing
  const what = `an event of another thread (${cursor})`
  return {
    judged: 1,
    blames: [
      ...blameOf('ISO-03', judgeNothingOf(list.exchange, owner.reading, `A cursor that is ${what}`)),
      ...blameOf('PAG-11', judgeIgnoredCursor(list.exchange, plain, what)),
    ],
  }
}

// Another question may have found the growth before.
async function hasGrown(
  reading: Reading,
  { thread, known }: Pick<ListExchange, 'thread' | 'known'>,
  shown: readonly SeenEvent[],
): Promise<boolean> {
  await reading.refresh(shown)
  return thread.sequence.events.length > known
}

// An event that appeared since the thread was read is no fault of a target that others use as well.
async function judgedPage(
  list: ListExchange,
  { reading, told }: Surroundings,
  spelling: TypeSpelling,
): Promise<Answered> {
  let { blames, window } = judgePage(list, told)
  const wrong = window !== undefined || blames.length > 0
  if (wrong && told === undefined && (await hasGrown(reading, list, shownOn(list))))
    ({ blames, window } = judgePage(list, told))
  const misplaced: Blame[] =
    window === undefined ? [] : [{ id: blameForWindow(list, spelling), finding: window }]
  return { blames: [...blames, ...misplaced], judged: isNoAnswer(list) ? 0 : 1 }
}

async function judgedStream(
  stream: StreamExchange,
  { reading, told }: Surroundings,
  plain: boolean,
): Promise<Answered> {
  let { blames, history } = judgeReplay(stream, plain, told)
  const wrong = history !== undefined || blames.length > 0
  if (wrong && told === undefined && (await hasGrown(reading, stream, shownBy(stream))))
    ({ blames, history } = judgeReplay(stream, plain, told))
  const misplaced: Blame[] = history === undefined ? [] : [{ id: blameForHistory(stream), finding: history }]
  return { blames: [...blames, ...misplaced], judged: isNoAnswer(stream) ? 0 : 1 }
}
