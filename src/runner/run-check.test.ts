import { expect, test } from 'vitest'
import { specs } from '../../specs/index.ts'
import { requirementOf } from '../contract/catalogue.ts'
import { anExchange } from '../oracle/history-fixture.ts'
import type { AskingCheck, HistoryCheck } from '../spec-dsl/spec-items.ts'
import { RouteClient } from '../targets/route-client.ts'
import { noControlAccess, unknownTarget } from '../targets/target-state-fixture.ts'
import type { Exchange } from '../wire/exchange.ts'
import { SecretRegistry } from '../wire/secrets.ts'
import { runCheck, runHistoryCheck } from './run-check.ts'

const survival = specs
  .flatMap((spec) => [...spec.items])
  .find((item): item is HistoryCheck => item.kind === 'history' && item.id === 'INP-01')

const target = '/sessions/sess_a/threads/sthr_a/events?limit=100'
const dropped = (): Exchange => ({
  ...anExchange('', { purpose: 'discovery', response: undefined }),
  request: { method: 'GET', target, headers: [] },
  failure: { kind: 'reset', message: 'the target dropped the connection' },
})

/** A route client with one failed request during auto-detection; all other requests get this response. */
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
  return {
    targets,
    routeClient: new RouteClient(Object.assign(Object.create(null), client), new SecretRegistry()),
  }
}

async function timesShownAgain(answer: () => Exchange) {
  const { targets, routeClient } = afterDiscovery(answer)
  if (survival === undefined) throw new Error('INP-01 has no check.')
  const { results, showsAgain } = await runHistoryCheck(survival, routeClient)
  const [finding] = results.flatMap(({ cases }) => cases.flatMap((one) => one.finding ?? []))
  if (finding === undefined) throw new Error('The dropped connection is no finding.')
  return { targets, again: [await showsAgain(finding), await showsAgain(finding)] }
}

test('repeats what failed during discovery, with the same request', async () => {
  const { targets, again } = await timesShownAgain(dropped)
  expect(again).toEqual([true, true])
  expect(targets).toEqual([target, target])
})

test('does not show again what failed once', async () => {
  const { again } = await timesShownAgain(() => anExchange({}))
  expect(again).toEqual([false, false])
})

test.for([1, 3])(
  'a finding of another requirement shows again where the check finds it again (%i times)',
  async (times) => {
    let run = 0
    const check: AskingCheck = {
      kind: 'asking',
      id: 'SSE-09',
      sentence: requirementOf('SSE-09').title,
      needs: [],
      run: async (t) => {
        run += 1
        t.judged()
        if (run <= times)
          t.attribute('SSE-05', { kind: 'k', message: 'm', expected: 'e', actual: 'a', exchanges: [run] })
      },
    }
    const { routeClient } = afterDiscovery(() => anExchange({}))
    const nothing = unknownTarget(noControlAccess(() => routeClient))
    const { results, showsAgain } = await runCheck(check, nothing, routeClient)
    const [finding] = results.flatMap(({ id, cases }) =>
      id === 'SSE-05' ? cases.flatMap((one) => one.finding ?? []) : [],
    )
    if (finding === undefined) throw new Error('The finding of the other requirement is lost.')
    expect([await showsAgain(finding), await showsAgain(finding)]).toEqual([times > 1, times > 1])
  },
)
