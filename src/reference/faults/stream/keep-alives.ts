import type { Fault } from '../fault.ts'

/** Keep-alive frames that a client could take for a place to resume from. */
export const keepAlivesFaults: readonly Fault[] = [
  {
    name: 'heartbeat-frame-with-id',
    sentence: 'Heartbeat frames have an id.',
    violates: ['SSE-03'],
    override: () => ({ preamble: () => 'id: hb_1\nevent: heartbeat\ndata: {}\n\n' }),
  },
  {
    name: 'live-heartbeats-repeat-the-last-id',
    sentence: 'Heartbeat frames between live events repeat the id of the last event.',
    violates: ['SSE-03'],
    override: (base) => ({
      deliver(call, batch, phase) {
        if (phase === 'live') call.memory.set('live', true)
        return base.deliver(call, batch, phase)
      },
      frame: (call, entry) =>
        base.frame(call, entry) +
        (call.memory.has('live') ? `id: ${entry.event.id}\nevent: heartbeat\ndata: {}\n\n` : ''),
    }),
  },
  {
    name: 'ping-frame-with-id',
    sentence: 'Ping frames carry a counter as their id.',
    violates: ['SSE-03'],
    override: (base) => ({
      frame: (call, entry) =>
        `id: ${call.number}\nevent: ping\ndata: {"at": 1}\n\n${base.frame(call, entry)}`,
    }),
  },
  {
    name: 'ping-frame-without-a-name',
    sentence: 'A keep-alive is a frame without a name whose data is {"type": "ping"}.',
    violates: ['SSE-02'],
    override: () => ({ preamble: () => 'data: {"type": "ping"}\n\n' }),
  },
  {
    name: 'keep-alive-under-another-name',
    sentence: 'Keep-alive frames are named keepalive and have no event in their data.',
    violates: ['SSE-02'],
    override: () => ({ preamble: () => 'event: keepalive\ndata: {}\n\n' }),
  },
]
