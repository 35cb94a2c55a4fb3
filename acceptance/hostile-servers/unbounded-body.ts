import type { Writable } from 'node:stream'

/**
 * Writes without end, or until `pieces` are written, as fast as the reader takes it. Nothing piles up here.
 * @param next the next piece
 */
export function writeWithoutEnd(
  into: Writable,
  next: () => string | Uint8Array,
  pieces = Number.POSITIVE_INFINITY,
): void {
  let written = 0
  const write = () => {
    while (!into.destroyed && written < pieces) {
      written += 1
      if (!into.write(next())) return void into.once('drain', write)
    }
    if (!into.destroyed) into.end()
  }
  into.on('error', () => undefined)
  write()
}

/** Writes one byte after the other with a pause before each. */
export function writeSlowly(into: Writable, bytes: Uint8Array, pauseMs: number): void {
  let at = 0
  const timer = setInterval(() => {
    if (into.destroyed || at >= bytes.length) return clearInterval(timer)
    into.write(bytes.subarray(at, at + 1))
    at += 1
  }, pauseMs)
  into.on('error', () => undefined)
  into.on('close', () => clearInterval(timer))
}
