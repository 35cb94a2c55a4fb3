import { setTimeout as delay } from 'node:timers/promises'

/** How early a request goes out among those that wait; the lowest value goes first. It may still change while it waits. */
export interface RequestRank {
  value: number
}

/** What decides the place of a request in the queue. */
export interface QueuePlace {
  /** Before every rank by default: what a run prepares with has none. */
  readonly rank?: RequestRank | undefined
  /** Whether other requests depend on it. It goes first where ranks do not decide. */
  readonly urgent?: boolean | undefined
  /** Marks requests, by the same object, that are sent at once even if others go out one at a time. */
  readonly together?: object | undefined
}

/** Bounds of what goes out. */
export interface RequestBounds {
  readonly concurrency: number
  /** Requests per second. */
  readonly maxRps: number | undefined
  /** Requests in all. */
  readonly maxRequests?: number | undefined
  /**
   * Called once, when few requests are left and all others are answered. Requests that wait go out when it resolves, apart
   * from those without a rank.
   */
  readonly onFewLeft?: (() => Promise<void>) | undefined
  /** Called once, when all requests are used up, answered, and another one waits. */
  readonly onExhausted?: (() => void) | undefined
}

interface Waiting {
  readonly place: QueuePlace
  readonly number: number
  readonly start: () => void
}

/** By how much the gap between two requests grows when the target is overloaded. */
const slowdown = 1.5
/** How many requests of a budget are reserved: a share of them, up to a number. */
const reserve = { share: 1 / 6, most: 16 }
/** The slowest rate that an overload leads to, in requests per second. */
const slowestRps = 1

/**
 * Lets a bounded number of requests through at a time and in all, spaced out where a rate is set, and none while the
 * target has asked everyone to wait. Where rate or number are limited, ranks decide the order: what reveals most goes
 * first. Otherwise urgent ones go first, which makes a run short.
 */
export class RequestLimiter {
  readonly #bounds: RequestBounds
  readonly #waiting: Waiting[] = []
  #concurrency: number
  #gapMs: number
  #left: number
  /** What the requests under way belong to, where they go out one at a time. */
  #together: object | undefined
  #inside = 0
  #arrivals = 0
  #nextStartMs = 0
  #closedUntilMs = 0
  #slowedAtMs = Number.NEGATIVE_INFINITY
  #signal: AbortSignal | undefined
  #timer: NodeJS.Timeout | undefined
  #due = false
  #exhausted = false
  /** So many of the last requests wait until those under way are answered, since these may cause follow-ups. */
  readonly #reserved: number
  readonly #starts: number[] = []
  #fewLeft: 'unknown' | 'told' | 'used' = 'unknown'

  constructor(bounds: RequestBounds) {
    this.#bounds = bounds
    this.#concurrency = bounds.concurrency
    this.#gapMs = bounds.maxRps === undefined ? 0 : 1000 / bounds.maxRps
    this.#left = bounds.maxRequests ?? Number.POSITIVE_INFINITY
    this.#reserved = Math.min(reserve.most, Math.floor((bounds.maxRequests ?? 0) * reserve.share))
  }

  /** Requests per second that may go out now; nothing where no rate is set. */
  get rps(): number | undefined {
    return this.#gapMs === 0 ? undefined : 1000 / this.#gapMs
  }

  /** From now on one request at a time, apart from those that belong together. */
  serialise(): void {
    this.#concurrency = 1
  }

  /** Waits for a place; every `enter` needs a `leave`. Once the signal is aborted, nothing holds anybody back. */
  async enter(signal?: AbortSignal, place: QueuePlace = {}): Promise<void> {
    this.#listenTo(signal)
    await new Promise<void>((start) => {
      this.#waiting.push({ place, number: this.#arrivals++, start })
      this.#schedule()
    })
  }

  /** Gives the place to the next in line. */
  leave(): void {
    this.#inside -= 1
    this.#schedule()
  }

  /** Whether a request may be made once more: takes it from the number of all. */
  takeRetry(): boolean {
    if (this.#left <= 0) return false
    this.#left -= 1
    return true
  }

  /** Waits until a further try of a request may start. Returns early when the signal is aborted. */
  async pace(signal?: AbortSignal): Promise<void> {
    for (let due = this.#reserve(); ; ) {
      const waitMs = Math.max(due, this.#closedUntilMs) - performance.now()
      if (waitMs <= 0 || signal?.aborted === true) return
      await delay(waitMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
      // Requests that wait for a pause would all start at its end.
      if (due < this.#closedUntilMs) due = this.#reserve()
    }
  }

  /** Holds every start back for this long. */
  close(forMs: number): void {
    this.#closedUntilMs = Math.max(this.#closedUntilMs, performance.now() + forMs)
    this.#schedule()
  }

  /**
   * Lowers the rate for the rest of the run, because the target was overloaded by a request.
   * @param startedAtMs when that started: several that started before the last slowdown are one overload
   * @param floorRps the rate is not lowered below this
   */
  slowDown(startedAtMs: number, floorRps = slowestRps): void {
    if (startedAtMs <= this.#slowedAtMs) return
    const now = performance.now()
    this.#slowedAtMs = now
    const recent = this.#starts.filter((at) => at > now - 1000).length
    const gapMs = this.#gapMs === 0 ? 1000 / Math.max(1, recent) : this.#gapMs
    this.#gapMs = Math.max(this.#gapMs, Math.min(gapMs * slowdown, 1000 / floorRps))
  }

  #listenTo(signal: AbortSignal | undefined): void {
    if (signal === undefined || this.#signal !== undefined) return
    this.#signal = signal
    signal.addEventListener('abort', () => this.#schedule(), { once: true })
  }

  // Later in this turn of the event loop more may come that goes first.
  #schedule(): void {
    if (this.#due) return
    this.#due = true
    setImmediate(() => {
      this.#due = false
      this.#dispatch()
    })
  }

  #dispatch(): void {
    clearTimeout(this.#timer)
    while (this.#waiting.some((one) => this.#mayStart(one))) {
      if (this.#signal?.aborted !== true) {
        if (this.#left <= 0) {
          this.#exhaust()
          return
        }
        if (this.#mustWait()) return
        const waitMs = Math.max(this.#nextStartMs, this.#closedUntilMs) - performance.now()
        if (waitMs > 0) {
          this.#timer = setTimeout(() => this.#dispatch(), Math.ceil(waitMs))
          return
        }
        this.#reserve()
      }
      const next = this.#takeNext()
      if (this.#inside === 0) this.#together = next?.place.together
      this.#left -= 1
      this.#inside += 1
      next?.start()
    }
  }

  #mayStart({ place: { together } }: Waiting): boolean {
    if (this.#inside < this.#concurrency) return true
    return together !== undefined && together === this.#together && this.#inside < this.#bounds.concurrency
  }

  // What a late response makes necessary has rank -1.
  #mustWait(): boolean {
    if (this.#left > this.#reserved || this.#waiting.some((one) => rankOf(one) < 0)) return false
    return this.#inside > 0 || this.#isAsking()
  }

  #isAsking(): boolean {
    const { onFewLeft } = this.#bounds
    if (onFewLeft !== undefined && this.#fewLeft === 'unknown') {
      this.#fewLeft = 'told'
      const goOn = () => {
        this.#fewLeft = 'used'
        this.#schedule()
      }
      // What went wrong there says nothing of the requests that wait.
      onFewLeft().then(goOn, goOn)
    }
    return this.#fewLeft === 'told'
  }

  #exhaust(): void {
    if (this.#inside > 0 || this.#exhausted) return
    this.#exhausted = true
    this.#bounds.onExhausted?.()
  }

  #takeNext(): Waiting | undefined {
    const [first, ...rest] = this.#waiting.filter((one) => this.#mayStart(one))
    if (first === undefined) return undefined
    const next = rest.reduce((best, one) => (this.#goesBefore(one, best) ? one : best), first)
    this.#waiting.splice(this.#waiting.indexOf(next), 1)
    return next
  }

  #goesBefore(one: Waiting, other: Waiting): boolean {
    const byRank = rankOf(one) - rankOf(other)
    const byUrgency = Number(other.place.urgent === true) - Number(one.place.urgent === true)
    const limited = this.#bounds.maxRequests !== undefined || this.#gapMs > 0
    const [first, second] = limited ? [byRank, byUrgency] : [byUrgency, byRank]
    // Infinity minus infinity is no number.
    return (first || second || one.number - other.number) < 0
  }

  #reserve(): number {
    const start = Math.max(performance.now(), this.#nextStartMs, this.#closedUntilMs)
    this.#nextStartMs = start + this.#gapMs
    if (this.#starts.push(start) > 500) this.#starts.splice(0, 250)
    return start
  }
}

function rankOf({ place }: Waiting): number {
  return place.rank?.value ?? -1
}
