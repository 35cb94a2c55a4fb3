#!/usr/bin/env node
import { main } from './command-line.ts'
import type { Terminal } from './context.ts'
import { abortOnSignals } from './interruption.ts'

/** A stream that may be closed by its reader (`| head`). Further output is dropped, and the command continues. */
function unbreakable(stream: NodeJS.WriteStream): Terminal {
  stream.on('error', () => undefined)
  return {
    write: (text) => (stream.destroyed ? false : stream.write(text)),
    get isTTY() {
      return stream.isTTY
    },
    get columns() {
      return stream.columns
    },
  }
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed) resolve()
    else stream.write('', () => resolve())
  })
}

const { stdout, stderr } = process
const code = await main(process.argv.slice(2), {
  stdout: unbreakable(stdout),
  stderr: unbreakable(stderr),
  env: process.env,
  cwd: process.cwd(),
  signal: abortOnSignals(),
})
await Promise.all([flushed(stdout), flushed(stderr)])
// Requests to a target that never answers may still be open.
process.exit(code)
