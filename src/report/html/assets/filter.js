// Shows the requirements that the controls select, and opens the one that a link points to.
{
  const form = document.querySelector('#filters')
  const shown = document.querySelector('#shown')
  const nothing = document.querySelector('#nothing')
  const rows = [...document.querySelectorAll('.requirement')].filter(
    (row) => row instanceof HTMLDetailsElement,
  )
  const cells = new Map(
    [...document.querySelectorAll('.cell')].map((cell) => [cell.getAttribute('href'), cell]),
  )
  const areas = [...document.querySelectorAll('.area')].filter((area) => area instanceof HTMLElement)
  /** @type {Map<Element, string>} */
  const texts = new Map()

  /** @param {Element} row */
  const textOf = (row) => {
    const known = texts.get(row)
    if (known !== undefined) return known
    const text = (row.textContent ?? '').replace(/\s+/g, ' ').toLowerCase()
    texts.set(row, text)
    return text
  }

  const apply = () => {
    if (!(form instanceof HTMLFormElement)) return
    const chosen = new FormData(form)
    const states = chosen.getAll('state')
    const levels = chosen.getAll('level')
    const area = chosen.get('area')
    const words = String(chosen.get('text')).toLowerCase().split(/\s+/)
    let count = 0
    for (const row of rows) {
      const { state = '', level = '', area: own = '' } = row.dataset
      const matches =
        states.includes(state) &&
        levels.includes(level) &&
        (area === '' || area === own) &&
        words.every((word) => textOf(row).includes(word))
      row.hidden = !matches
      cells.get(`#${row.id}`)?.classList.toggle('left-out', !matches)
      if (matches) count += 1
    }
    for (const group of areas) group.hidden = group.querySelector('.requirement:not([hidden])') === null
    if (nothing instanceof HTMLElement) nothing.hidden = count > 0
    if (shown !== null) shown.textContent = `${count} of ${rows.length} requirements shown`
  }

  const follow = () => {
    // The heading of a collapsed section is in its summary.
    const section = document.getElementById(location.hash.slice(1))?.closest('section > details')
    if (section instanceof HTMLDetailsElement) section.open = true
    const row = rows.find(({ id }) => id === location.hash.slice(1))
    if (row === undefined) return
    if (row.hidden && form instanceof HTMLFormElement) {
      form.reset()
      apply()
    }
    for (let one = row.parentElement; one !== null; one = one.parentElement)
      if (one instanceof HTMLDetailsElement) one.open = true
    row.open = true
    row.querySelector('summary')?.focus({ preventScroll: true })
    row.scrollIntoView({ block: 'start' })
  }

  form?.addEventListener('input', apply)
  form?.addEventListener('submit', (event) => event.preventDefault())
  // The controls are reset only after this event.
  form?.addEventListener('reset', () => setTimeout(apply))
  // A second click on the same link does not change the hash.
  for (const [href, cell] of cells)
    cell.addEventListener('click', () => {
      if (href === location.hash) follow()
    })
  addEventListener('hashchange', follow)
  // A browser may restore the controls when a page is reloaded.
  apply()
  follow()
}
