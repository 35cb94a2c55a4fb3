import { type Instant, parseInstant } from '../contract/instant.ts'
import { NumberColumn } from './number-column.ts'

/** The decimal places of a second that a number holds; an instant with more is held as it is. */
const places = 9

/** The instants of timestamps by their number. */
export class InstantColumn {
  /** NaN if the timestamp is missing or invalid. */
  readonly #seconds = NumberColumn.ofDoubles()
  readonly #fractions = NumberColumn.ofIntegers()
  /** Leap seconds, and instants with more decimal places. */
  readonly #unusual = new Map<number, Instant>()

  add(timestamp: string | undefined): void {
    const instant = timestamp === undefined ? undefined : parseInstant(timestamp)
    if (instant !== undefined && (instant.leap || instant.fraction.length > places))
      this.#unusual.set(this.#seconds.length, instant)
    this.#seconds.add(instant?.seconds ?? Number.NaN)
    this.#fractions.add(Number(instant?.fraction.slice(0, places).padEnd(places, '0') ?? 0))
  }

  /** The instant of this number; `undefined` if its timestamp is missing or invalid. */
  at(number: number): Instant | undefined {
    const seconds = this.#seconds.at(number)
    if (seconds === undefined || Number.isNaN(seconds)) return undefined
    return (
      this.#unusual.get(number) ?? {
        seconds,
        fraction: digitsOf(this.#fractions.at(number) ?? 0),
        leap: false,
      }
    )
  }
}

function digitsOf(fraction: number): string {
  if (fraction === 0) return ''
  const digits = String(fraction).padStart(places, '0')
  return digits.endsWith('0') ? digits.replace(/0+$/, '') : digits
}
