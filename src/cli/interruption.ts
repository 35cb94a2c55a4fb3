/** Why a command was stopped: the signal, as the exit code that shells use for it. */
export class Interrupted extends Error {
  readonly exitCode: number

  constructor(exitCode: number) {
    super(`Stopped by a signal (exit code ${exitCode}).`)
    this.exitCode = exitCode
  }
}

const codes = { SIGINT: 130, SIGTERM: 143 } as const

/**
 * Turns SIGINT and SIGTERM into an AbortSignal. The second signal ends the process at once.
 */
export function abortOnSignals(): AbortSignal {
  const abort = new AbortController()
  const hear = (signal: keyof typeof codes) => {
    if (abort.signal.aborted) process.exit(codes[signal])
    abort.abort(new Interrupted(codes[signal]))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, hear)
  return abort.signal
}

/** The exit code of a command that was stopped; `undefined` if it was not. */
export function interruptedCode(signal: AbortSignal): number | undefined {
  if (!signal.aborted) return undefined
  return signal.reason instanceof Interrupted ? signal.reason.exitCode : codes.SIGINT
}
