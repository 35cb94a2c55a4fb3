import { isDenial } from '../../behaviour/denial.ts'
import type { Fault } from '../fault.ts'

/** What a connection remembers of earlier requests. */
export const connectionsFaults: readonly Fault[] = [
  {
    name: 'text-html-refused',
    sentence: '`Accept: text/html` returns 406.',
    violates: ['NEG-03'],
    override: (base) => ({
      readQuery: (call) =>
        call.request.headers.some(([, value]) => value === 'text/html')
          ? { denied: true, status: 406, type: 'invalid_request_error', message: 'Not acceptable.' }
          : base.readQuery(call),
    }),
  },
  {
    name: 'stream-for-browsers',
    sentence: 'A request with `Accept: text/html` returns the stream.',
    violates: ['NEG-03'],
    override: (base) => ({
      wantsStream: (call, lines) =>
        base.wantsStream(call, lines) || lines.some((line) => line.startsWith('text/html')),
    }),
  },
  {
    name: 'connection-stays-authenticated',
    sentence: 'After one authenticated request, a connection needs no credentials.',
    violates: ['NEG-05'],
    alsoAffects: ['AUT-01', 'AUT-02', 'AUT-03', 'AUT-04', 'AUT-05', 'AUT-06', 'SSE-10', 'ISO-05'],
    sometimes: true,
    seen: 'Proxies with connection-based authentication, such as NTLM.',
    override: (base) => ({
      async authenticate(call) {
        const identity = await base.authenticate(call)
        if (!isDenial(identity)) call.connection.memory.set('known', true)
        return call.connection.memory.get('known') === true && isDenial(identity)
          ? { tenant: 'owner' }
          : identity
      },
    }),
  },
]
