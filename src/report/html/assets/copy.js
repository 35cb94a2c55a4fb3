// Copies the command beside a button and announces it.
{
  const said = document.querySelector('#said')

  /** The label of each button when nothing was just copied. @type {WeakMap<HTMLButtonElement, string>} */
  const labels = new WeakMap()

  /** @param {Element} code */
  const copy = async (code) => {
    try {
      await navigator.clipboard.writeText(code.textContent ?? '')
      return true
    } catch {
      getSelection()?.selectAllChildren(code)
      return false
    }
  }

  document.addEventListener('click', async ({ target }) => {
    if (!(target instanceof HTMLButtonElement) || !target.classList.contains('copy')) return
    const code = target.parentElement?.querySelector('code')
    if (code === null || code === undefined) return
    const label = labels.get(target) ?? target.textContent ?? ''
    labels.set(target, label)
    const word = (await copy(code)) ? 'Copied' : 'Selected: press Ctrl-C to copy'
    target.textContent = word
    if (said !== null) said.textContent = `${word}.`
    setTimeout(() => {
      target.textContent = label
      if (said !== null) said.textContent = ''
    }, 2_000)
  })
}
