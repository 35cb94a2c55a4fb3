import type { SetupAction } from '../record/evidence.ts'
import type { RecordedAnswer } from '../record/recorded-answer.ts'
import type { Behaviour } from '../reference/behaviour.ts'
import { createInProcessServer, type InProcessServer, type OpenAnswer } from '../reference/in-process.ts'
import type { RawRequest } from '../reference/request-context.ts'
import type { ThreadEvent, WorldSession } from '../reference/world/world.ts'
import type { Exchange } from '../wire/exchange.ts'
import { asEvent, type ObservedRequest } from './observed-run.ts'
import { fillTokens, placeholderTokens } from './placeholder-tokens.ts'
import type { ReplayEnvironment } from './replay-environment.ts'

/** The answers of a server to requests of a run, by the number of the exchange. */
export type AnswersByRequest = ReadonlyMap<number, RecordedAnswer>

/**
 * Sends some requests of a run, with its setup actions in between, to a server of the given behaviour that has the
 * data which the target showed.
 * @param chosen in the order of sending
 * @param again called with each answer and how often the request was sent so far; true sends it once more
 */
export async function replayOnReference(
  stage: ReplayEnvironment,
  behaviour: Behaviour,
  chosen: readonly ObservedRequest[],
  again: (asked: ObservedRequest, answer: RecordedAnswer, times: number) => boolean = () => false,
): Promise<AnswersByRequest> {
  const { reader } = stage
  const { setupActions } = stage.run
  const server = createInProcessServer(behaviour, stage.storeFor(behaviour), placeholderTokens)
  const answers = new Map<number, RecordedAnswer>()
  const spoken = new Set(chosen.map(({ sessionId }) => sessionId))
  const waiting = setupActions.filter((action) => spoken.has(sessionOf(action)))
  const open: { asked: ObservedRequest; stream: OpenAnswer }[] = []

  const conclude = (asked: ObservedRequest, answer: RecordedAnswer, times = 1) => {
    answers.set(asked.exchange.id, answer)
    return again(asked, answer, times)
  }
  const closeUntil = (answered: number) => {
    for (const one of open.filter(({ asked }) => asked.answered < answered)) {
      open.splice(open.indexOf(one), 1)
      conclude(one.asked, reader.read(one.stream.read(), one.asked.exchange))
      one.stream.close()
    }
  }
  const apply = async (action: SetupAction) => {
    closeUntil(action.answered)
    if (action.did === 'put') await server.put(sessionFrom(action.session))
    else if (action.did === 'remove') await server.remove(action.sessionId)
    else
      await server.append(action.sessionId, action.threadId, eventsOf(action, action.threadId, action.events))
    for (const { stream } of open) await quiet(stream)
  }

  for (const asked of chosen) {
    while (waiting[0] !== undefined && waiting[0].sent < asked.exchange.id) {
      const [action] = waiting.splice(0, 1)
      if (action !== undefined) await apply(action)
    }
    const { exchange } = asked
    const request = rawRequestOf(exchange)
    const grows = waiting.some(
      (action) => sessionOf(action) === asked.sessionId && action.answered <= asked.answered,
    )
    if (exchange.stream !== undefined && grows) {
      const stream = server.open(request)
      open.push({ asked, stream })
      await quiet(stream)
      continue
    }
    for (let times = 1, more = true; more; times++) {
      const connection = times === 1 ? exchange.connection : await usedConnection(server, asked, times)
      more = conclude(asked, reader.read(await server.ask(request, connection), exchange), times)
    }
  }
  for (const action of open.length === 0 ? [] : waiting) await apply(action)
  closeUntil(Number.POSITIVE_INFINITY)
  return answers
}

// Of every three times one is asked on a connection that lists were asked for on, and one where streams were.
async function usedConnection(
  server: InProcessServer,
  { exchange }: ObservedRequest,
  times: number,
): Promise<number | undefined> {
  const used = times % 3
  if (used === 0) return undefined
  const { headers, ...request } = rawRequestOf(exchange)
  const others = headers.filter(([name]) => !/^accept$/i.test(name))
  const accept = used === 1 ? 'application/json' : 'text/event-stream'
  await server.ask({ ...request, method: 'HEAD', headers: [...others, ['accept', accept]] }, -used)
  return -used
}

function sessionOf(action: SetupAction): string {
  return action.did === 'put' ? action.session.id : action.sessionId
}

function eventsOf(
  action: SetupAction,
  threadId: string,
  events: readonly Parameters<typeof asEvent>[0][],
): ThreadEvent[] {
  return events.flatMap((event) => asEvent(event, { sessionId: sessionOf(action), threadId }) ?? [])
}

function sessionFrom({ id, threads }: Extract<SetupAction, { did: 'put' }>['session']): WorldSession {
  return {
    id,
    threads: threads.map((thread) => ({
      id: thread.id,
      events: thread.events.flatMap((event) => asEvent(event, { sessionId: id, threadId: thread.id }) ?? []),
    })),
  }
}

function rawRequestOf({ request }: Exchange): RawRequest {
  const target = fillTokens(request.target)
  const mark = target.indexOf('?')
  return {
    method: request.method,
    path: `/v1${mark === -1 ? target : target.slice(0, mark)}`,
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers: [
      ['host', 'target'],
      ...request.headers.map(([name, value]): [string, string] => [name, fillTokens(value)]),
    ],
  }
}

/** Turns of the event loop that a stream is given to say something. */
const mostTurns = 12

async function quiet(stream: OpenAnswer): Promise<void> {
  for (let turn = 0, still = 0, size = -1; turn < mostTurns && still < 2; turn++) {
    await new Promise(setImmediate)
    const { body } = stream.read()
    still = body.length === size ? still + 1 : 0
    size = body.length
  }
}
