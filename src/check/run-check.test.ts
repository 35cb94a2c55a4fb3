import { expect, test } from 'vitest'
import { specs } from '../../specs/index.ts'
import { anExchange } from '../oracle/history-fixture.ts'
import type { Exchange } from '../wire/exchange.ts'
import { SecretRegistry } from '../wire/secrets.ts'
import { Asker } from './asker.ts'
import type { HistoryCheck } from './check.ts'
import { runHistoryCheck } from './run-check.ts'

const survival = specs
  .flatMap((spec) => [...spec.items])
  .find((item): item is HistoryCheck => item.kind === 'history' && item.id === 'INP-01')

const target = '/sessions/sess_a/threads/sthr_a/events?limit=100'
const dropped = (): Exchange => ({
  ...anExchange('', { purpose: 'discovery', response: undefined }),
  request: { method: 'GET', target, headers: [] },
  failure: { kind: 'reset', message: 'the target dropped the connection' },
})

/** An asker whose client saw one request fail while it looked for ids, and answers all others like this. */
function afterDiscovery(answer: () => Exchange) {
  const targets: string[] = []
  const client = {
    exchanges: [dropped()],
    stopped: false,
    async ask(question: { readonly target: string }) {
      targets.push(question.target)
      return answer()
    },
  }
  return { targets, asker: new Asker(Object.assign(Object.create(null), client), new SecretRegistry()) }
}

test('what failed while ids were looked for is asked again as it was', async () => {
  const { targets, asker } = afterDiscovery(dropped)
  const outcome = survival && (await runHistoryCheck(survival, asker, { attempts: 3 }))
  expect(outcome).toMatchObject({ verdict: 'fail', reproduced: 'always (3 of 3)' })
  expect(targets).toEqual([target, target])
})

test('what failed once is not said to fail always', async () => {
  const { asker } = afterDiscovery(() => anExchange({}))
  const outcome = survival && (await runHistoryCheck(survival, asker, { attempts: 3 }))
  expect(outcome).toMatchObject({ verdict: 'fail', reproduced: '1 of 3' })
})
