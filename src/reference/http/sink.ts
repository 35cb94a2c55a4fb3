import type { ServerResponse } from 'node:http'

/** Where a stream's text goes. Writes wait for a slow reader, so nothing piles up in memory. */
export class Sink {
  readonly response: ServerResponse

  constructor(response: ServerResponse) {
    this.response = response
  }

  /** True once the reader has gone or the stream has ended. */
  get closed(): boolean {
    return this.response.destroyed || this.response.closed || this.response.writableEnded
  }

  /** Writes one chunk and waits until there is room for more or the connection is closed. */
  async write(chunk: string | Uint8Array): Promise<void> {
    if (this.closed || chunk.length === 0 || this.response.write(chunk)) return
    await new Promise<void>((resolve) => {
      const done = () => {
        this.response.off('drain', done)
        this.response.off('close', done)
        resolve()
      }
      this.response.on('drain', done)
      this.response.on('close', done)
    })
  }

  /** Ends the stream in the regular way. */
  end(): void {
    if (!this.closed) this.response.end()
  }
}
