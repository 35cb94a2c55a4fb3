import { isDenial } from '../../behaviour/denial.ts'
import type { Behaviour } from '../../behaviour.ts'
import type { RequestContext, ServerState } from '../../request-context.ts'
import type { Fault } from '../fault.ts'

/** How long requests are gathered that one answer is given to. */
const gatherMs = 30
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Requests under way, by server and key: the later ones get what the first one found out. */
function merged<T>(
  underWay: WeakMap<ServerState, Map<string, Promise<T>>>,
  call: RequestContext,
  key: string,
  find: () => T | Promise<T>,
  ms = gatherMs,
): Promise<T> {
  const all = underWay.get(call.serverState) ?? new Map<string, Promise<T>>()
  underWay.set(call.serverState, all)
  const known = all.get(key)
  if (known !== undefined) return known
  const found = pause(ms).then(find)
  all.set(key, found)
  void found.catch(() => undefined).finally(() => all.delete(key))
  return found
}

type Authenticated = Awaited<ReturnType<Behaviour['authenticate']>>
type Listed = Awaited<ReturnType<Behaviour['list']>>
const urlOf = ({ request }: RequestContext) => `${request.path}?${request.query}`

/** Merges lists whose queries differ only in these parameters. */
function mergedWithout(parameter: RegExp) {
  return (base: Behaviour): Partial<Behaviour> => {
    const underWay = new WeakMap<ServerState, Map<string, Promise<Listed>>>()
    return {
      list(call) {
        const rest = call.request.query.split('&').filter((one) => !parameter.test(one))
        return merged(underWay, call, `${call.request.path}?${rest.join('&')}`, () => base.list(call), 5)
      },
    }
  }
}

/** Requests at the same time that get each other's answers. */
export const sideBySideFaults: readonly Fault[] = [
  {
    name: 'authentication-merged-by-url',
    sentence: 'Of requests for one URL at the same time the first decides whether all are authenticated.',
    violates: ['NEG-05'],
    alsoAffects: everyRequirementOfAccess(),
    sometimes: true,
    seen: 'Request coalescing with the URL as its key.',
    override: (base) => {
      const underWay = new WeakMap<ServerState, Map<string, Promise<Authenticated>>>()
      return {
        authenticate: (call) =>
          call.request.query.includes('limit=2')
            ? merged(underWay, call, urlOf(call), () => base.authenticate(call))
            : base.authenticate(call),
      }
    },
  },
  {
    name: 'representation-merged-by-url',
    sentence:
      'Of requests for one URL at the same time the first decides whether all get the list or the stream.',
    violates: ['NEG-05'],
    alsoAffects: ['NEG-01', 'NEG-02', 'NEG-03', 'SSE-01', 'SSE-04'],
    sometimes: true,
    override: (base) => {
      const last = new WeakMap<ServerState, Map<string, { readonly at: number; readonly stream: boolean }>>()
      return {
        wantsStream(call, accept) {
          const stream = base.wantsStream(call, accept)
          if (call.request.query === '') return stream
          const all = last.get(call.serverState) ?? new Map()
          last.set(call.serverState, all)
          const known = all.get(urlOf(call))
          const now = performance.now()
          if (known !== undefined && now - known.at < gatherMs) return known.stream
          all.set(urlOf(call), { at: now, stream })
          return stream
        },
      }
    },
  },
  {
    name: 'lists-merged-by-path',
    sentence: 'Of lists of one thread at the same time the first is given to all, whatever their queries.',
    violates: ['NEG-05'],
    alsoAffects: ['PAG-02', 'PAG-05', 'PAG-06', 'ORD-03', 'INP-03', 'EVT-08', 'ENV-05'],
    sometimes: true,
    seen: 'A single flight keyed by the resource.',
    override: (base) => {
      const underWay = new WeakMap<ServerState, Map<string, Promise<Listed>>>()
      return {
        list: (call) =>
          /^limit=2(&order=desc)?$/.test(call.request.query)
            ? merged(underWay, call, call.request.path, () => base.list(call))
            : base.list(call),
      }
    },
  },
  {
    name: 'lists-merged-without-their-order',
    sentence: 'Simultaneous lists that differ only in their order get the response to the first of them.',
    violates: ['NEG-05'],
    alsoAffects: ['ORD-03', 'ORD-02', 'INP-03', 'ENV-05'],
    sometimes: true,
    seen: 'A single flight whose key lists the parameters that a developer thought of.',
    override: (base) => {
      const underWay = new WeakMap<ServerState, Map<string, Promise<Listed>>>()
      return {
        list: (call) =>
          /^limit=2(&order=desc)?$/.test(call.request.query)
            ? merged(underWay, call, `${call.request.path}?limit=2`, () => base.list(call))
            : base.list(call),
      }
    },
  },
  {
    name: 'lists-merged-without-their-filter',
    sentence: 'Simultaneous lists that differ only in their types get the response to the first of them.',
    violates: ['NEG-05'],
    sometimes: true,
    override: mergedWithout(/^types?(%5b%5d|\[\])?=/i),
  },
  {
    name: 'lists-merged-without-their-cursor',
    sentence: 'Simultaneous lists that differ only in their cursor get the response to the first of them.',
    violates: ['NEG-05'],
    sometimes: true,
    override: mergedWithout(/^(after|before)_id=/),
  },
  {
    name: 'lists-merged-by-session',
    sentence: 'Simultaneous lists of two threads of a session get the response to the first of them.',
    violates: ['NEG-05'],
    alsoAffects: ['ISO-01', 'ISO-02', 'EVT-03', 'INP-03', 'PAG-02'],
    sometimes: true,
    override: (base) => {
      const underWay = new WeakMap<ServerState, Map<string, Promise<Listed>>>()
      return {
        list: (call) =>
          call.request.query === 'limit=2'
            ? merged(underWay, call, call.session.id, () => base.list(call))
            : base.list(call),
      }
    },
  },
  {
    name: 'refusals-cached-by-url',
    sentence: 'A 401 is cached briefly by URL, and returned to every client that requests that URL.',
    violates: ['NEG-05'],
    alsoAffects: everyRequirementOfAccess(),
    sometimes: true,
    seen: 'Negative caching in a gateway.',
    override: (base) => {
      const refused = new WeakMap<
        ServerState,
        Map<string, { readonly at: number; readonly denial: Authenticated }>
      >()
      return {
        async authenticate(call) {
          const all = refused.get(call.serverState) ?? new Map()
          refused.set(call.serverState, all)
          const known = all.get(urlOf(call))
          if (known !== undefined && performance.now() - known.at < gatherMs) return known.denial
          const identity = await base.authenticate(call)
          if (isDenial(identity) && call.request.query.includes('limit=2'))
            all.set(urlOf(call), { at: performance.now(), denial: identity })
          return identity
        },
      }
    },
  },
]

function everyRequirementOfAccess(): ['AUT-01', 'AUT-02', 'AUT-03', 'AUT-05', 'AUT-06', 'SSE-10', 'NEG-03'] {
  return ['AUT-01', 'AUT-02', 'AUT-03', 'AUT-05', 'AUT-06', 'SSE-10', 'NEG-03']
}
