// Copies the command beside a button, and says so to those who see and to those who listen.
{
  const said = document.querySelector('#said')

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
    const word = (await copy(code)) ? 'Copied' : 'Selected: copy it with the keyboard'
    target.textContent = word
    if (said !== null) said.textContent = `${word}.`
    setTimeout(() => {
      target.textContent = 'Copy curl'
      if (said !== null) said.textContent = ''
    }, 2_000)
  })
}
