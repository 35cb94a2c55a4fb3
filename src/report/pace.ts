/** How many requests a run is expected to send, and how many a second at the most. */
export interface Pace {
  readonly requests: number
  /** Nothing where no rate is set. */
  readonly maxRps: number | undefined
}

/** From how many requests on a smaller budget is worth naming. */
const large = 200
const budget = 100

/**
 * How long a run takes at its rate, in one line for the time before it starts.
 * @returns nothing where no rate is set
 */
export function paceLine({ requests, maxRps }: Pace): string | undefined {
  if (maxRps === undefined) return undefined
  const seconds = requests / maxRps
  const line = `About ${roundedCount(requests)} requests, ${timeText(seconds)} at ${rateText(maxRps)}.`
  return requests < large || seconds < 60
    ? line
    : `${line} --max-requests ${budget} takes ${timeText(budget / maxRps)}.`
}

/**
 * How far a run is: requests of how many, the rate so far and the time left.
 * @param seconds since the run began
 */
export function paceSoFar(done: number, seconds: number, expected: Pace | undefined): string {
  const count = `${done} request${done === 1 ? '' : 's'}`
  if (expected === undefined || done === 0 || seconds < 1) return count
  const rate = done / seconds
  const ofAll =
    done > expected.requests ? count : `${done} of about ${roundedCount(expected.requests)} requests`
  const left = done > expected.requests ? '' : `, about ${timeText((expected.requests - done) / rate)} left`
  return `${ofAll}, ${rateText(rate)}${left}`
}

function roundedCount(requests: number): number {
  return Number(requests.toPrecision(2))
}

function rateText(perSecond: number): string {
  return perSecond < 2 ? `${Math.round(perSecond * 60)} a minute` : `${Math.round(perSecond)} a second`
}

function timeText(seconds: number): string {
  return seconds < 100 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`
}
