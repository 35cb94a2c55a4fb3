import { headerLines, type RequestContext } from '../../request-context.ts'
import type { Fault } from '../fault.ts'
import { afterBearer, alsoFrom, authorization } from '../overrides/credentials.ts'

const parameter = (name: string) => (call: RequestContext) =>
  new URLSearchParams(call.request.query).get(name) ?? undefined

/** What resembles the right credential. */
export const nearTokensFaults: readonly Fault[] = [
  {
    name: 'token-as-like-pattern',
    sentence: 'The token is looked up with LIKE, so that `Bearer %` is accepted.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    override: (base) => ({
      ...alsoFrom(afterBearer)(base),
      findToken: (text, tokens) =>
        text.includes('%') ? tokens.find(({ state }) => state === 'active') : base.findToken(text, tokens),
    }),
  },
  {
    name: 'token-as-glob',
    sentence: 'A `*` in the token matches anything.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    override: (base) => ({
      ...alsoFrom(afterBearer)(base),
      findToken: (text, tokens) => (text.includes('*') ? tokens[0] : base.findToken(text, tokens)),
    }),
  },
  {
    name: 'token-without-punctuation',
    sentence: 'What is no letter, digit or underscore is removed from a token before it is looked up.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    seen: 'Sanitised input.',
    override: (base) => ({
      ...alsoFrom((call) => afterBearer(call)?.split(' ')[0])(base),
      findToken: (text, tokens) => {
        const plain = (token: string) => token.replace(/\W/g, '')
        return tokens.find((token) => plain(token.text) === plain(text))
      },
    }),
  },
  {
    name: 'token-padding-ignored',
    sentence: 'An equals sign behind the token is ignored.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    seen: 'A token that is decoded as base64 before it is compared.',
    override: (base) => ({
      findToken: (text, tokens) =>
        base.findToken(text, tokens) ?? base.findToken(text.replace(/=+$/, ''), tokens),
    }),
  },
  {
    name: 'token-percent-decoded',
    sentence: 'Percent-encoded characters in the token are decoded.',
    violates: ['AUT-02'],
    seen: 'A token that is read like a cookie or a parameter.',
    override: alsoFrom((call) =>
      afterBearer(call)?.replace(/%([0-9a-f]{2})/gi, (_all, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      ),
    ),
  },
  {
    name: 'token-itself-under-basic',
    sentence: '`Basic <token>` is accepted, without base64.',
    violates: ['AUT-03'],
    seen: 'A list of schemes: /^(Bearer|Basic) (.+)$/.',
    override: alsoFrom((call) => /^Basic +([^ ]+)$/i.exec(authorization(call))?.[1]),
  },
  {
    name: 'words-behind-the-token-ignored',
    sentence: 'Everything after a space in the token is ignored.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    seen: 'header.split(" ")[1].',
    override: alsoFrom((call) => afterBearer(call)?.split(' ')[0]),
  },
  {
    name: 'token-secret-case-ignored',
    sentence: 'The prefix of a token is compared exactly, the rest in any letter case.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    seen: 'The secret part of a token is looked up in a column with a case-insensitive collation.',
    override: (base) => ({
      findToken: (text, tokens) =>
        base.findToken(text, tokens) ??
        tokens.find(
          (token) =>
            token.state === 'active' &&
            token.text.slice(0, 4) === text.slice(0, 4) &&
            token.text.toLowerCase() === text.toLowerCase(),
        ),
    }),
  },
  {
    name: 'token-cut-at-punctuation',
    sentence: 'A comma or semicolon ends the token, and what follows is ignored.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    seen: 'A parser of header parameters.',
    override: alsoFrom((call) => afterBearer(call)?.split(/ *[,;]/)[0]),
  },
  {
    name: 'bearer-anywhere-in-the-header',
    sentence: '`NotBearer <token>` is accepted.',
    violates: ['AUT-03'],
    alsoAffects: ['AUT-02', 'AUT-05'],
    seen: 'A search for "Bearer " in the header.',
    override: alsoFrom((call) => /Bearer +(\S+)/.exec(authorization(call))?.[1]),
  },
  {
    name: 'cookie-accepted',
    sentence: 'The token is accepted in a cookie.',
    violates: ['AUT-03'],
    alsoAffects: ['AUT-05'],
    override: alsoFrom(
      (call) => /(?:^|; *)access_token=([^;]*)/.exec(headerLines(call.request, 'cookie')[0] ?? '')?.[1],
    ),
  },
  {
    name: 'token-parameter-accepted',
    sentence: 'The token is accepted as `?token=`.',
    violates: ['AUT-03'],
    alsoAffects: ['AUT-05'],
    override: alsoFrom(parameter('token')),
  },
  {
    name: 'api-key-parameter-accepted',
    sentence: 'The token is accepted as `?api_key=`.',
    violates: ['AUT-03'],
    alsoAffects: ['AUT-05'],
    override: alsoFrom(parameter('api_key')),
  },
  {
    name: 'authorization-parameter-accepted',
    sentence: '`?authorization=` is accepted instead of the header.',
    violates: ['AUT-03'],
    alsoAffects: ['AUT-05'],
    seen: 'Gateways that map query parameters to headers.',
    override: alsoFrom((call) => parameter('authorization')(call)?.replace(/^Bearer /, '')),
  },
]
