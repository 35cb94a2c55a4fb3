import type { Variant } from './variant.ts'

export const streamVariants: readonly Variant[] = [
  {
    name: 'crlf-in-small-chunks',
    sentence: 'Stream lines end in CRLF, and chunks end every seven bytes, also inside characters.',
    override: (base) => ({
      frame: (call, entry) => base.frame(call, entry).replaceAll('\n', '\r\n'),
      async writeText(_call, text, sink) {
        const bytes = Buffer.from(text)
        for (let at = 0; at < bytes.length; at += 7) await sink.write(bytes.subarray(at, at + 7))
      },
    }),
  },
  {
    name: 'stream-closes-after-history',
    sentence: 'The stream ends when the history has been sent.',
    override: () => ({ afterHistory: () => 'close' }),
  },
]
