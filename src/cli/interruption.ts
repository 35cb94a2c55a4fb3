import { BroadcastChannel } from 'node:worker_threads'

const channelOf = (runId: string) => new BroadcastChannel(`thread-events-conformance stop ${runId}`)

/** The exit codes that shells give to programs that these signals ended. */
const codes = { SIGINT: 130, SIGTERM: 143 } as const

const againMs = 100

/** A run that may be stopped by a signal. */
export interface Interruption {
  /** The exit code of the signal that came; nothing where none did. */
  readonly code: number | undefined
  /** Signals have their usual effect again. */
  end(): void
}

/**
 * On the first SIGINT or SIGTERM stops a run in another thread, which then hands over what it has; on the second ends
 * the process.
 * @param say told when the first one comes
 */
export function stopOnSignal(runId: string, say: () => void): Interruption {
  let code: number | undefined
  let telling: NodeJS.Timeout | undefined
  const channel = channelOf(runId)
  channel.unref()
  const hear = (signal: keyof typeof codes) => {
    if (code !== undefined) process.exit(code)
    code = codes[signal]
    say()
    // The other thread may not listen yet.
    telling = setInterval(() => channel.postMessage('stop'), againMs)
    channel.postMessage('stop')
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, hear)
  return {
    get code() {
      return code
    },
    end() {
      clearInterval(telling)
      channel.close()
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, hear)
    },
  }
}

/** Aborted when {@link stopOnSignal} stops the run. */
export function stopSignal(runId: string): AbortSignal {
  const abort = new AbortController()
  const channel = channelOf(runId)
  channel.unref()
  channel.onmessage = () => {
    abort.abort()
    channel.close()
  }
  return abort.signal
}
