// In print, every root cause is open.
{
  /** @type {HTMLDetailsElement[]} */
  let opened = []

  addEventListener('beforeprint', () => {
    const wanted = document.querySelectorAll('.cause')
    opened = [...wanted].filter((one) => one instanceof HTMLDetailsElement).filter(({ open }) => !open)
    for (const one of opened) one.open = true
  })
  addEventListener('afterprint', () => {
    for (const one of opened) one.open = false
  })
}
