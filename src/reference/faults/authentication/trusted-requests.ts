import type { Behaviour } from '../../behaviour.ts'
import { headerLines, type RequestContext } from '../../request-context.ts'
import type { Fault } from '../fault.ts'
import { afterBearer, alsoFrom, authorization } from '../overrides/credentials.ts'

/** Accepts this word in place of a token. */
function acceptedWord(word: string) {
  return (base: Behaviour): Partial<Behaviour> => ({
    findToken: (text, tokens) =>
      base.findToken(text, tokens) ??
      (text === word ? tokens.find(({ state }) => state === 'active') : undefined),
  })
}

/** Compares tokens that are longer than the known one, up to so many characters. */
function comparedUpTo(most: number) {
  return (base: Behaviour): Partial<Behaviour> => ({
    findToken: (text, tokens) =>
      base.findToken(text, tokens) ??
      tokens.find((token) => text.length > most && text.startsWith(token.text.slice(0, most))),
  })
}

/** Lets some requests without a credential in. */
function trusted(when: (call: RequestContext) => boolean) {
  return (base: Behaviour): Partial<Behaviour> => ({
    authenticate: (call) =>
      headerLines(call.request, 'authorization').length === 0 && when(call)
        ? { tenant: 'owner' }
        : base.authenticate(call),
  })
}

function header(call: RequestContext, name: string): string {
  return headerLines(call.request, name).join(', ')
}

/** What is no credential and is taken for one. */
export const trustedRequestsFaults: readonly Fault[] = [
  {
    name: 'token-as-regular-expression',
    sentence: 'The token is looked up as a regular expression.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    override: (base) => ({
      ...alsoFrom(afterBearer)(base),
      findToken: (text, tokens) =>
        base.findToken(text, tokens) ??
        (/[.*]{2}/.test(text) ? tokens.find(({ state }) => state === 'active') : undefined),
    }),
  },
  {
    name: 'last-of-several-tokens',
    sentence: 'Of several comma-separated tokens, the last is used.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    seen: 'Proxies that join header lines, and a parser that splits them.',
    override: alsoFrom((call) => /, *(\S+)$/.exec(afterBearer(call) ?? '')?.[1]),
  },
  {
    name: 'token-trimmed-of-unicode-spaces',
    sentence: 'A no-break space behind the token is ignored.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    seen: 'trim() in many languages.',
    override: alsoFrom((call) => afterBearer(call)?.trim()),
  },
  {
    name: 'undefined-is-a-token',
    sentence: '`Bearer undefined` is accepted.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05', 'AUT-06'],
    seen: 'A comparison with a setting that is missing.',
    override: acceptedWord('undefined'),
  },
  {
    name: 'token-cut-at-a-dot',
    sentence: 'A dot ends the token, and what follows is ignored.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    seen: 'The signature of a token is ignored.',
    override: (base) => ({
      findToken: (text, tokens) => base.findToken(text.split('.')[0] ?? text, tokens),
    }),
  },
  {
    name: 'token-cut-at-its-length',
    sentence: 'The token is compared up to a length of 64 characters.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    seen: 'bcrypt, and columns of limited length.',
    override: comparedUpTo(64),
  },
  {
    name: 'scheme-that-begins-with-bearer',
    sentence: '`Bearer:` and other schemes that begin with Bearer are accepted.',
    violates: ['AUT-03'],
    alsoAffects: ['AUT-05', 'AUT-06', 'AUT-02'],
    seen: 'startsWith("Bearer"), and the second word of the header.',
    override: alsoFrom((call) => /^Bearer\S* +(\S+)$/.exec(authorization(call))?.[1]),
  },
  {
    name: 'local-addresses-trusted',
    sentence: 'A request with a local address in X-Forwarded-For needs no credential.',
    violates: ['AUT-01'],
    alsoAffects: ['AUT-05', 'AUT-06'],
    seen: 'An allow list of addresses that reads a header of the caller.',
    override: trusted((call) => /^127\./.test(header(call, 'x-forwarded-for'))),
  },
  {
    name: 'user-of-the-proxy-trusted',
    sentence: 'A request with X-Forwarded-User needs no credential.',
    violates: ['AUT-01'],
    alsoAffects: ['AUT-05', 'AUT-06'],
    seen: 'Authentication by a proxy, and an API that can be reached without it.',
    override: trusted((call) => header(call, 'x-forwarded-user') !== ''),
  },
  {
    name: 'resumed-streams-need-no-token',
    sentence: 'A stream that resumes is not authenticated.',
    violates: ['AUT-05'],
    alsoAffects: ['SSE-10'],
    seen: 'The first connection was authenticated.',
    override: trusted(
      (call) => header(call, 'last-event-id') !== '' && /event-stream/.test(header(call, 'accept')),
    ),
  },
  {
    name: 'scripts-of-the-same-origin-trusted',
    sentence: 'Requests with `X-Requested-With` need no token.',
    violates: ['AUT-01'],
    seen: 'Sessions of the web application, told by a header that its scripts send.',
    override: trusted((call) => header(call, 'x-requested-with') === 'XMLHttpRequest'),
  },
  {
    name: 'debug-header-trusted',
    sentence: 'Requests with `X-Debug: 1` need no token.',
    violates: ['AUT-01'],
    override: trusted((call) => header(call, 'x-debug') === '1'),
  },
]
