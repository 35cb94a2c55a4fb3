import type { Exchange } from '../wire/exchange.ts'
import type { Sign } from './sign.ts'

const announcesLimit = /^(x-)?rate-?limit(-(limit|policy|remaining|reset)(-\w+)?)?$/

/** Whether the target limits the rate of requests, by its headers or because it returned 429. */
export function rateSign(exchanges: readonly Exchange[]): Sign[] {
  const headers = new Map(
    exchanges.flatMap(({ response }) =>
      (response?.headers ?? []).flatMap(([name, value]) =>
        announcesLimit.test(name.toLowerCase()) ? [[name.toLowerCase(), value] as const] : [],
      ),
    ),
  )
  const limited = exchanges.filter(({ waits, origin }) => waits > 0 || origin === 'rate-limit').length
  if (headers.size === 0 && limited === 0) return []
  const announced = [...headers].map(([name, value]) => `${name}: ${value}`).join(', ')
  const returned = limited === 0 ? '' : `${limited} of ${exchanges.length} requests were answered with 429`
  return [
    {
      name: 'rate',
      state: 'note',
      text: [announced, returned].filter((part) => part !== '').join('; '),
      advice: 'Set --max-rps to stay below the limit, or --profile smoke to send 50 requests.',
    },
  ]
}
