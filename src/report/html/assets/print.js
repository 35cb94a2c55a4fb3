// Paper cannot be opened: what explains a failure or a missing verdict is open on it.
{
  /** @type {HTMLDetailsElement[]} */
  let opened = []

  addEventListener('beforeprint', () => {
    const wanted = document.querySelectorAll('.requirement:not(.pass, .not-run)')
    opened = [...wanted].filter((one) => one instanceof HTMLDetailsElement).filter(({ open }) => !open)
    for (const one of opened) one.open = true
  })
  addEventListener('afterprint', () => {
    for (const one of opened) one.open = false
  })
}
