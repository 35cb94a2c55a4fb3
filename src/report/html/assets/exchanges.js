// Builds the contents of an exchange when it is opened. Everything from the target is set as text.
{
  /**
   * @typedef {{ id: number, purpose: string, method: string, target: string, request_headers: [string, string][],
   *   status: number | null, response_headers: [string, string][], body: string, failure: string | null,
   *   frames: { id: string | null, event: string | null, data: string }[] | null, stream_end: string | null,
   *   first_byte_ms: number | null, total_ms: number, curl: string }} Exchange
   */

  /** @type {Map<string, Exchange> | undefined} */
  let index

  const exchanges = () => {
    if (index !== undefined) return index
    /** @type {Exchange[]} */
    const list = JSON.parse(document.querySelector('#exchange-data')?.textContent ?? '[]')
    index = new Map(list.map((exchange) => [String(exchange.id), exchange]))
    return index
  }

  /**
   * @param {string} name
   * @param {string} className
   * @param {...(string | Node)} content
   */
  const element = (name, className, ...content) => {
    const made = document.createElement(name)
    if (className !== '') made.className = className
    made.append(...content)
    return made
  }

  /** Adds white space around the tokens of JSON and changes nothing else, even if the text is cut off. @param {string} text */
  const indented = (text) => {
    if (!/^\s*[[{]/.test(text)) return text
    let depth = 0
    return text.replace(/"(?:\\.|[^"\\])*"?|\s+|[[{]\s*[\]}]|[[\]{},:]/gs, (token) => {
      const line = () => `\n${'  '.repeat(Math.max(0, depth))}`
      if (/^\s/.test(token)) return token.trim()
      if (token === ',') return `,${line()}`
      if (token === ':') return ': '
      if (token === '{' || token === '[') {
        depth += 1
        return `${token}${line()}`
      }
      if (token === '}' || token === ']') {
        depth -= 1
        return `${line()}${token}`
      }
      return token
    })
  }

  /** @param {[string, string][]} headers */
  const headerLines = (headers) =>
    element('pre', 'headers', headers.map(([name, value]) => `${name}: ${value}`).join('\n'))

  /** A long body scrolls, so it must be reachable with the keyboard. @param {string} text */
  const bodyOf = (text) => {
    const made = element('pre', 'response', indented(text))
    made.tabIndex = 0
    return made
  }

  /** @param {NonNullable<Exchange['frames']>} frames */
  const frameList = (frames) =>
    element(
      'ol',
      'frames',
      ...frames.map(({ id, event, data }) =>
        element(
          'li',
          '',
          element('code', '', `id: ${id ?? '—'}  event: ${event ?? '—'}`),
          element('pre', '', indented(data)),
        ),
      ),
    )

  /** @param {string} line */
  const command = (line) => {
    const button = element('button', 'copy', 'Copy curl')
    button.setAttribute('type', 'button')
    return element('div', 'curl', element('code', '', line), button)
  }

  /** @param {Exchange} one */
  const contents = (one) => {
    const { status, failure, frames, body, stream_end: end } = one
    const head = status === null ? `No response: ${failure ?? 'unknown reason'}` : `Response ${status}`
    const times = `${one.purpose}, ${one.first_byte_ms ?? '—'} ms to first byte, ${one.total_ms} ms in total`
    const made = element('div', 'contents', element('p', 'note', times), command(one.curl))
    made.append(element('h6', '', 'Request'), element('pre', 'headers', `${one.method} ${one.target}`))
    made.append(headerLines(one.request_headers), element('h6', '', head), headerLines(one.response_headers))
    if (status !== null && failure !== null)
      made.append(element('p', 'note', `Connection broken: ${failure}`))
    if (frames !== null)
      made.append(element('p', 'note', `Event stream, ended by: ${end ?? '—'}`), frameList(frames))
    else if (body !== '') made.append(bodyOf(body), element('p', 'note', 'Indented for reading.'))
    return made
  }

  /** @param {Exchange} one */
  const line = ({ id, method, target, status, failure, total_ms: ms }) => {
    const made = element(
      'details',
      'exchange',
      element(
        'summary',
        '',
        element('span', 'number', `#${id}`),
        ' ',
        element('code', '', `${method} ${target}`),
        ' ',
        element('span', 'answer', `${status ?? failure ?? 'no response'}, ${ms} ms`),
      ),
    )
    made.dataset.exchange = String(id)
    return made
  }

  // Toggle events do not bubble, so they are captured.
  document.addEventListener(
    'toggle',
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || !target.open || target.dataset.built === 'yes') return
      if (target.id === 'all-exchanges') target.append(...[...exchanges().values()].map(line))
      else if (target.classList.contains('exchange')) {
        const exchange = exchanges().get(target.dataset.exchange ?? '')
        if (exchange !== undefined) target.append(contents(exchange))
      } else return
      target.dataset.built = 'yes'
    },
    true,
  )
}
