import { isJsonObject, type JsonValue, parseJson, stringField } from '../contract/json.ts'
import { percentEncoded } from '../contract/percent-encoded.ts'
import type { WireClient } from '../wire/client.ts'
import type { Exchange } from '../wire/exchange.ts'

/** The list routes of sessions and threads, requested within a limit that all callers share. */
export class ListRoutes {
  /** How many requests may be made. */
  readonly most: number
  readonly #client: WireClient
  readonly #answers = new Map<string, Exchange>()
  #left: number
  #status: number | undefined

  constructor(client: WireClient, most: number) {
    this.most = most
    this.#client = client
    this.#left = most
  }

  /** Whether the bound is reached, so that what was not found may exist all the same. */
  get exhausted(): boolean {
    return this.#left <= 0
  }

  /** The status of the first answer of a list route, if there was any. */
  get status(): number | undefined {
    return this.#status
  }

  /** Asks once; `undefined` when the bound is reached. */
  async ask(target: string): Promise<Exchange | undefined> {
    if (this.exhausted) return undefined
    this.#left -= 1
    const exchange = await this.#client.ask({ purpose: 'discovery', target, accept: ['application/json'] })
    this.#answers.set(target, exchange)
    return exchange
  }

  /** The exchange that a target was asked with, if it was. */
  answer(target: string): Exchange | undefined {
    return this.#answers.get(target)
  }

  /** The ids of a list route, page by page: on by `after_id`, or by `page` where the answer names a next page. */
  async *ids(route: string): AsyncGenerator<readonly string[]> {
    const seen = new Set<string>()
    for (let next: string | undefined = route; next !== undefined; ) {
      const exchange: Exchange | undefined = await this.ask(next)
      if (exchange === undefined) return
      this.#status ??= exchange.response?.status
      const body = exchange.response?.status === 200 ? parseJson(exchange.response.body) : undefined
      const fresh = idsIn(body).filter((id) => !seen.has(id))
      if (fresh.length === 0) return
      for (const id of fresh) seen.add(id)
      yield fresh
      next = followingPage(route, body, fresh)
    }
  }
}

function idsIn(body: JsonValue | undefined): string[] {
  const data = isJsonObject(body) ? body.data : undefined
  const items: readonly JsonValue[] = Array.isArray(data) ? data : []
  return items.filter((item) => !isEvent(item)).flatMap((item) => stringField(item, 'id') ?? [])
}

/** Some servers return events for every path. The ids of these are not ids of sessions or threads. */
function isEvent(item: JsonValue): boolean {
  return (
    stringField(item, 'session_thread_id') !== undefined ||
    stringField(item, 'id')?.startsWith('evt_') === true
  )
}

function followingPage(
  route: string,
  body: JsonValue | undefined,
  ids: readonly string[],
): string | undefined {
  if (!isJsonObject(body)) return undefined
  const page = stringField(body, 'next_page')
  if (page !== undefined && page !== '') return `${route}?page=${percentEncoded(page)}`
  if (body.has_more !== true) return undefined
  return `${route}?after_id=${percentEncoded(stringField(body, 'last_id') ?? ids.at(-1) ?? '')}`
}
