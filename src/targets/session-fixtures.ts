import { randomUUID } from 'node:crypto'
import type { ControlSession } from '../contract/control-session.ts'
import type { JsonObject } from '../contract/json.ts'
import type { RunRecorder } from '../record/run-recorder.ts'
import { type ControlClient, ControlError } from './control-client.ts'
import { unusedIdLike } from './unknown-ids.ts'

interface KnownIds {
  readonly sessionId: string
  readonly threadId: string
}

/** Loads sessions into the target and remembers them, so that none stays behind. */
export class SessionFixtures {
  readonly #control: ControlClient
  readonly #recorder: RunRecorder
  readonly #kept = new Set<string>()
  #known: KnownIds | undefined
  #failure: string | undefined
  #ended = false

  constructor(control: ControlClient, recorder: RunRecorder) {
    this.#control = control
    this.#recorder = recorder
  }

  /** The first request of the control protocol that failed, in one clause. */
  get failure(): string | undefined {
    return this.#failure
  }

  /** Tells ids of a session and a thread that the target has, whose form new ones may take. */
  resemble(known: KnownIds): void {
    this.#known = known
  }

  /**
   * Ids that no session and no thread has, of the form that the target's own have where one is known. Threads of one
   * session differ only at the end, as consecutive ids do: names that a server makes of them may be cut.
   */
  freshIds(threads: number): { sessionId: string; threadIds: string[] } {
    const { sessionId, threadId } = this.#known ?? {}
    const first = fresh('sthr_', threadId)
    return {
      sessionId: fresh('sess_', sessionId),
      threadIds: Array.from(
        { length: threads },
        (_, at) => neighbourOf(first, at) ?? fresh('sthr_', threadId),
      ),
    }
  }

  /**
   * Uses each route once, on a session of its own that is removed again.
   * @returns the request that failed, in words; nothing when all of them work
   */
  async tryOut(): Promise<string | undefined> {
    const { sessionId, threadIds } = this.freshIds(1)
    const [threadId = ''] = threadIds
    const event = (at: number) => ({
      id: `evt_${randomUUID().replaceAll('-', '')}`,
      type: 'session.thread_created',
      session_id: sessionId,
      session_thread_id: threadId,
      created_at: new Date(Date.UTC(2026, 0, 1, 0, 0, at)).toISOString(),
    })
    try {
      this.#kept.add(sessionId)
      await this.#control.put({ id: sessionId, threads: [{ id: threadId, events: [event(0)] }] })
      await this.#control.append(sessionId, threadId, [event(1)])
      await this.#control.remove(sessionId)
      this.#kept.delete(sessionId)
      return undefined
    } catch (error) {
      if (!(error instanceof ControlError)) throw error
      return error.message
    }
  }

  /** Makes a session, or replaces one that was made before. */
  async put(session: ControlSession): Promise<void> {
    if (this.#ended) throw new ControlError('the run has ended')
    this.#kept.add(session.id)
    this.#recorder.recordPut(session)
    await this.noted(this.#control.put(session))
  }

  append(sessionId: string, threadId: string, events: readonly JsonObject[]): Promise<void> {
    this.#recorder.recordAppend(sessionId, threadId, events)
    return this.noted(this.#control.append(sessionId, threadId, events))
  }

  /** Deletes one session; once it resolves the target no longer knows it. */
  async remove(id: string): Promise<void> {
    this.#recorder.recordRemove(id)
    await this.noted(this.#control.remove(id))
    this.#kept.delete(id)
  }

  /** Takes one session away, or leaves that to the end where the target does not let it. */
  async discard(id: string): Promise<void> {
    const error = await this.#tryToRemove(id)
    if (!this.#ended) this.#failure ??= error?.message
  }

  /**
   * Removes every session that was made, at the end of a run. From then on none can be made, and a request of a check that
   * was cut off is no failure of the control protocol.
   * @returns the ids of sessions that could not be removed
   */
  async removeAll(): Promise<string[]> {
    this.#ended = true
    const staying = await Promise.all(
      [...this.#kept].map(async (id) => {
        const error = await this.#tryToRemove(id)
        this.#failure ??= error?.message
        return error === undefined ? [] : [id]
      }),
    )
    return staying.flat()
  }

  /** Waits for a control request, and remembers the first that fails. */
  async noted<T>(request: Promise<T>): Promise<T> {
    try {
      return await request
    } catch (error) {
      if (error instanceof ControlError && !this.#ended) this.#failure ??= error.message
      throw error
    }
  }

  async #tryToRemove(id: string): Promise<ControlError | undefined> {
    try {
      await this.#control.remove(id)
      this.#kept.delete(id)
      return undefined
    } catch (error) {
      if (!(error instanceof ControlError)) throw error
      return error
    }
  }
}

/** The id whose last digit, or hexadecimal letter, is so many further. */
function neighbourOf(id: string, distance: number): string | undefined {
  const last = id.at(-1) ?? ''
  const alphabet = ['0123456789', 'abcdef', 'ABCDEF'].find((one) => one.includes(last))
  if (last === '' || alphabet === undefined || distance >= alphabet.length) return undefined
  return `${id.slice(0, -1)}${alphabet[(alphabet.indexOf(last) + distance) % alphabet.length]}`
}

function fresh(prefix: string, known: string | undefined): string {
  const alike = known === undefined ? undefined : unusedIdLike(known)
  return alike ?? `${prefix}${randomUUID().replaceAll('-', '')}`
}
