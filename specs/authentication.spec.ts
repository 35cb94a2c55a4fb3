import type { RouteAsk } from '../src/check/asker.ts'
import { listAccept, streamAccept } from '../src/check/asker.ts'
import { check, overHistory } from '../src/check/check.ts'
import { spec } from '../src/check/declare.ts'
import { collect } from '../src/check/judge-each.ts'
import { address, expiredToken, thread } from '../src/check/needs.ts'
import { strangerLike } from '../src/check/strangers.ts'
import type { Trial } from '../src/check/trial.ts'
import { wrongTokens } from '../src/check/wrong-tokens.ts'
import { judgeChallenge, judgeEcho } from '../src/oracle/judge-authentication.ts'
import { unknownToken } from '../src/wire/derived-tokens.ts'

type Case = RouteAsk & { readonly what: string }

export default spec('authentication', [
  check('AUT-01', [address], (t) => expectUnauthenticated(t, [noHeader], listAccept)),

  check('AUT-02', [address, thread], (t) => expectUnauthenticated(t, tokenCases(t), listAccept)),

  check('AUT-03', [address, thread], (t) => expectUnauthenticated(t, schemeCases(t), listAccept)),

  check('AUT-04', [address, expiredToken], (t) => expectUnauthenticated(t, expiredCases(t), listAccept)),

  check('AUT-05', [address], (t) =>
    expectUnauthenticated(
      t,
      [noHeader, ...tokenCases(t), ...schemeCases(t), ...expiredCases(t)],
      streamAccept,
    ),
  ),

  check('AUT-06', [address], async (t) => {
    const { sessionId, threadId } = t.address
    const places = [
      { where: 'an unknown session', sessionId: strangerLike(sessionId) },
      { where: 'an unknown thread', threadId: strangerLike(threadId) },
      {
        where: 'an unknown session and thread',
        sessionId: strangerLike(sessionId),
        threadId: strangerLike(threadId),
      },
      { where: 'a known session and thread' },
    ]
    const cases = places.flatMap(({ where, ...ids }): Case[] => [
      { ...ids, what: `No Authorization, for ${where}`, authorization: null },
      { ...ids, what: `An unknown token, for ${where}`, authorization: `Bearer ${unknownToken}` },
    ])
    await expectUnauthenticated(t, cases, listAccept)
  }),

  overHistory('AUT-07', { missing: 'an answer', provide: 'See INP-04 first.' }, ({ exchanges }) =>
    collect(exchanges.map(judgeEcho)),
  ),

  overHistory(
    'AUT-08',
    { missing: 'an answer with status 401', provide: 'See AUT-01 first.' },
    ({ exchanges }) => collect(exchanges.map(judgeChallenge)),
  ),
])

const noHeader: Case = { what: 'No Authorization header', authorization: null }

function tokenCases(t: Trial): Case[] {
  return wrongTokens(t.facts.tokens.active).map(({ what, name, token }) => {
    t.asker.hide(name, token)
    return { what: `Bearer with ${what}`, authorization: `Bearer ${token}` }
  })
}

function schemeCases(t: Trial): Case[] {
  const { active } = t.facts.tokens
  const basic = Buffer.from(`${active}:`).toString('base64')
  t.asker.hide('TOKEN_AS_BASIC', basic)
  return [
    { what: 'The token under Basic', authorization: `Basic ${basic}` },
    { what: 'The token under Token', authorization: `Token ${active}` },
    { what: 'The token without a scheme', authorization: active },
    { what: 'Bearer without a token', authorization: 'Bearer' },
    { what: 'Bearer with an empty token', authorization: 'Bearer ' },
    { what: 'The token in x-api-key', authorization: null, headers: [['x-api-key', active]] },
    {
      what: 'The token in the query',
      authorization: null,
      query: `?access_token=${encodeURIComponent(active)}`,
    },
    { what: 'The token in the query', authorization: null, query: `?token=${encodeURIComponent(active)}` },
  ]
}

function expiredCases(t: Trial): Case[] {
  const { expired } = t.facts.tokens
  return expired === undefined ? [] : [{ what: 'An expired token', authorization: `Bearer ${expired}` }]
}

async function expectUnauthenticated(
  t: Trial,
  cases: readonly Case[],
  accept: readonly string[],
): Promise<void> {
  await Promise.all(
    cases.map(async ({ what, ...request }) => {
      const under = accept === streamAccept ? `${what}, Accept: text/event-stream` : what
      t.expectRefusal(await t.ask({ ...request, accept }), [401], under, 'authentication_error')
    }),
  )
}
