import { requirements } from '../../src/contract/catalogue.ts'
import { apfd, detectedAt, type Exposure, greedyOrder, type Requests } from './greedy-order.ts'
import type { Recording } from './record-exposures.ts'
import type { BudgetRuns } from './run-with-budgets.ts'

const folds = 10
const budgets = [50, 75, 100, 150, 200, 300]

/** The page on the order of requests, with its curve. */
export function requestOrderPage(
  { requests, prepared, exposures, earlier }: Recording,
  { every, faults, found }: BudgetRuns,
): string {
  const inSpecs = detectedAt(requests, orderOfSpecs(requests), exposures)
  const learnt = detectedAt(requests, greedyOrder(requests, exposures, earlier, prepared), exposures)
  const heldOut = Array.from({ length: folds }, (_, fold) => {
    const isHeldOut = (_one: Exposure, at: number) => at % folds === fold
    const others = exposures.filter((one, at) => !isHeldOut(one, at))
    return detectedAt(requests, greedyOrder(requests, others, earlier, prepared), exposures.filter(isHeldOut))
  }).flat()
  const rows = [
    ['order of the specs', inSpecs],
    [`learnt order, faults held out (${folds}-fold)`, heldOut],
    ['learnt order, own faults', learnt],
  ] as const
  return [
    '# The order of the requests',
    '',
    'Requests go out in the order of how much they reveal, learnt from the fault matrix: a greedy cover per request (`scripts/question-order`). Unknown faults count too. They are expected where a check has shown many faults, where little of it was requested, and less where a screen or the preparation has shown similar ones. The order decides wherever requests are limited in number or in rate. `npm run order` writes the order and this page; `npm run order -- record` records the faults anew first, and `npm run order -- record PAG-02 ORD-02` those that violate these requirements. `npm run order -- count` counts the requests of a run for `doctor`.',
    '',
    'A run with `--max-requests` searches for threads more briefly, does not read again what the search has read, reads one page of the sibling, and adds requests that screen for several cases. These combine what is otherwise asked for one by one:',
    '',
    '- the token in a header, a cookie and the query, and under two other schemes',
    '- a token that is nearly right, and a session that does not exist',
    '- a token with a wildcard for its first character',
    '- lists and streams at the same time, one of them with a token that ends in a wildcard',
    '- a stream with a token that is nearly right, and one of a session id with a wildcard',
    '- a resumed stream, with an expired token or with the token in a cookie and the query',
    '- a misspelt id, and a query or `Accept: text/event-stream`',
    '- `order=asc`, a cursor, a filter, an unusual limit, an Accept header and parameters without effect',
    '- a stream with a filter of many types, a cursor and the headers of a browser and a proxy',
    '- hostile parameters and headers',
    '',
    'Where the response to such a request looks wrong, the requests of its cases go out next. So do requests that decide whether a suspicious response is a finding. A screen itself decides no verdict, unless the API answers it with 5xx or an error without the envelope. The last sixth of the requests, 16 at most, waits until all others are answered, and repeats what failed by then.',
    '',
    `Learnt from ${exposures.length} faults that show without generated or live data, over the ${requests.length} requests of the plain checks, with the ${prepared} of the preparation first (ids not configured). A fault counts as found with the last of the requests that its finding cites or that these wait for. The measure is APFD, the average percentage of faults detected. For the held-out row each fault is tried with an order that was learnt without it.`,
    '',
    `| Order | APFD | ${budgets.map((budget) => `${budget} requests`).join(' | ')} |`,
    `|---|---|${budgets.map(() => '---').join('|')}|`,
    ...rows.map(
      ([name, positions]) =>
        `| ${name} | ${apfd(positions, requests.length).toFixed(2)} | ${budgets.map((budget) => percent(positions, budget)).join(' | ')} |`,
    ),
    '',
    `These figures follow from the recording. Real runs with the learnt order against every ${every}th of these faults, ${faults} in all, found ${Object.entries(
      found,
    )
      .map(([budget, number]) => `${Math.round((100 * number) / faults)} % with \`--max-requests ${budget}\``)
      .join(' and ')} (\`npm run order -- run\`).`,
    '',
    'Faults found against requests (held out):',
    '',
    '```',
    ...curve(heldOut, requests.length),
    '```',
    '',
  ].join('\n')
}

// The recorded runs made their requests in the order that was learnt before them.
function orderOfSpecs(requests: Requests): number[] {
  const places = new Map(requirements.map(({ id }, place): readonly [string, number] => [id, place]))
  const placeOf = (request: number): readonly [number, number] => {
    const [question] = requests[request] ?? []
    if (question === undefined) return [-1, request]
    const [name = '', number = ''] = question.split(' ')
    return [places.get(name) ?? places.size, Number(number)]
  }
  return [...requests.keys()].toSorted((a, b) => {
    const [[check, number], [other, otherNumber]] = [placeOf(a), placeOf(b)]
    return check - other || number - otherNumber
  })
}

function percent(positions: readonly number[], budget: number): string {
  return `${Math.round(100 * shareWithin(positions, budget))} %`
}

function shareWithin(positions: readonly number[], budget: number): number {
  return positions.filter((at) => at <= budget).length / positions.length
}

const stepOfCurve = 25
const widthOfCurve = 50

function curve(positions: readonly number[], requests: number): string[] {
  const steps = Array.from({ length: Math.ceil(requests / stepOfCurve) }, (_, at) => (at + 1) * stepOfCurve)
  return steps.map((budget) => {
    const share = shareWithin(positions, budget)
    return `${String(budget).padStart(4)} ${'█'.repeat(Math.round(share * widthOfCurve)).padEnd(widthOfCurve)} ${Math.round(share * 100)} %`
  })
}
