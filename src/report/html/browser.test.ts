import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, type OpenedPage, PageOpener } from './chromium-fixture.ts'
import { hostile } from './hostile-fixture.ts'
import { htmlReport } from './page.ts'
import { aReport, aReportedExchange } from './report-fixture.ts'

const executable = chromiumPath(process.env)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

if (executable === undefined)
  console.warn('Browser tests are skipped: Chromium is missing. Install chromium, or set CHROMIUM_PATH.')

describe.skipIf(executable === undefined)('the page in Chromium', { timeout: 60_000 }, () => {
  let opener: PageOpener
  beforeAll(async () => {
    opener = await PageOpener.launch(executable ?? '')
  }, 60_000)
  afterAll(() => opener?.close())

  const open = (options?: BrowserContextOptions): Promise<OpenedPage> =>
    opener.open(htmlReport(aReport), options)
  const openAll = async () => {
    const opened = await open()
    await opened.page.locator('#all-requirements > summary').click()
    return opened
  }
  const shownIds = (page: Page) =>
    page.locator('.requirement:visible').evaluateAll((rows) => rows.map(({ id }) => id))
  const shown = (page: Page) => page.locator('#shown').textContent()

  test('opens from a file without errors and loads nothing else', async () => {
    const { page, complaints, requests } = await open()
    expect(await page.locator('h1').textContent()).toContain('NONCONFORMANT')
    expect(await shown(page)).toBe('8 of 8 requirements shown')
    expect(complaints).toEqual([])
    expect(requests).toHaveLength(1)
  })

  test('filters by state, level, area and text, says how many are left, and shows all again', async () => {
    const { page } = await openAll()
    await page.getByRole('checkbox', { name: /^fail/ }).uncheck()
    await page.getByRole('checkbox', { name: /^pass/ }).uncheck()
    expect(await shown(page)).toBe('4 of 8 requirements shown')
    expect(await page.locator('.cell.left-out').count()).toBe(4)
    await page.getByLabel('Area').selectOption('pagination')
    expect(await shownIds(page)).toEqual(['PAG-04'])
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.locator('#shown').getByText('8 of 8').waitFor()
    await page.getByRole('checkbox', { name: 'MUST' }).uncheck()
    expect(await shownIds(page)).toEqual(['PAG-14'])
    await page.getByRole('checkbox', { name: 'MUST' }).check()
    await page.getByRole('searchbox').fill('returned INSTEAD')
    expect(await shownIds(page)).toEqual(['PAG-03'])
    await page.getByRole('searchbox').fill('nowhere to be found')
    expect(await page.locator('#nothing').isVisible()).toBe(true)
  })

  test('a cell leads to its requirement, opens it, and brings it back where it was filtered out', async () => {
    const { page } = await openAll()
    await page.locator('details:has(> table.matrix) > summary').click()
    await page.getByRole('checkbox', { name: /^pass/ }).uncheck()
    await page.locator('.cell[href="#ENV-01"]').click()
    expect(await page.locator('#ENV-01').getAttribute('open')).not.toBeNull()
    expect(await page.locator('#ENV-01').isVisible()).toBe(true)
    expect(await page.evaluate('document.activeElement.parentElement.id')).toBe('ENV-01')
  })

  test('works with the keyboard alone', async () => {
    const { page } = await open()
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the requirements')
    await page.keyboard.press('Enter')
    await page.locator('#all-requirements[open]').waitFor()
    await page.locator('#ENV-01 > summary').focus()
    await page.keyboard.press('Enter')
    await page.locator('#ENV-01[open]').waitFor()
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
  })

  test('an exchange has its headers and its body once it is opened, frames for a stream', async () => {
    const { page } = await openAll()
    expect(await page.locator('.contents').count()).toBe(0)
    await page.locator('#ORD-01 > summary').click()
    const exchange = page.locator('#ORD-01 .exchange')
    await exchange.locator('summary').click()
    await exchange.getByText('Authorization: Bearer $CONFORMANCE_TOKEN').waitFor()
    expect(await exchange.locator('.response').textContent()).toContain(
      '"created_at": "2026-01-01T00:00:01Z"',
    )
    await page.locator('#all-exchanges > summary').click()
    await page.locator('#all-exchanges .exchange[data-exchange="4"] > summary').click()
    expect(await page.locator('#all-exchanges .frames').textContent()).toContain('event: agent.message')
  })

  test('the curl line is copied as shown', async () => {
    const { page, complaints } = await open({ permissions: ['clipboard-read', 'clipboard-write'] })
    await page.locator('#all-requirements > summary').click()
    await page.locator('#PAG-03 > summary').click()
    await page.locator('#PAG-03').getByRole('button', { name: 'Copy curl' }).first().click()
    await page.locator('#said').getByText('Copied.').waitFor({ state: 'attached' })
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(aReport.exchanges[1]?.curl)
    expect(complaints).toEqual([])
  })

  test('the replay command is copied, and the label of its button returns', async () => {
    const { page } = await open({ permissions: ['clipboard-read', 'clipboard-write'] })
    await page.locator('#all-requirements > summary').click()
    await page.locator('#PAG-03 > summary').click()
    const button = page.locator('#PAG-03').getByRole('button', { name: 'Copy replay' }).last()
    await button.click()
    await page.locator('#said').getByText('Copied.').waitFor({ state: 'attached' })
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      'npx thread-events-conformance replay conformance.json PAG-03',
    )
    await button.waitFor()
  })

  test('hostile texts do not run, not even without the policy', async () => {
    const attacked = htmlReport(hostile(aReport))
    const bare = attacked.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    expect(bare).not.toBe(attacked)
    for (const text of [attacked, bare]) {
      const { page, complaints, requests } = await opener.open(text)
      for (const summary of await page.locator('details.exchange > summary').all())
        if (await summary.isVisible()) await summary.click()
      await page.locator('#all-exchanges > summary').click()
      await page.locator('#all-exchanges .exchange > summary').first().click()
      await page.locator('#all-requirements > summary').click()
      await page.getByRole('searchbox').fill('window.ran')
      expect(await page.evaluate('window.ran')).toBeUndefined()
      expect(await page.locator('img, iframe, base, a[href^="javascript"]').count()).toBe(0)
      expect(complaints).toEqual([])
      expect(requests).toHaveLength(1)
    }
  })

  test('the policy alone blocks injected markup', async () => {
    const injected = '<img src="x" onerror="window.ran=1"><script>window.ran=2</script></body>'
    const { page, complaints } = await opener.open(htmlReport(aReport).replace('</body>', injected))
    expect(await page.evaluate('window.ran')).toBeUndefined()
    expect(complaints.join('\n')).toMatch(/Content Security Policy/)
  })

  test('two thousand exchanges are listed and searched', async () => {
    const exchanges = Array.from({ length: 2_000 }, (_, at) =>
      aReportedExchange(at + 1, { body: 'x'.repeat(4_000) }),
    )
    const { page } = await opener.open(htmlReport({ ...aReport, exchanges }))
    expect(await page.locator('.contents').count()).toBe(0)
    await page.locator('#all-exchanges > summary').click()
    await page.locator('#all-exchanges .exchange').nth(1_999).waitFor()
    await page.locator('#all-requirements > summary').click()
    await page.getByRole('searchbox').fill('pag-03')
    expect(await shown(page)).toBe('1 of 8 requirements shown')
  })

  test('what explains a failure or a missing verdict is open on paper', async () => {
    const { page } = await open()
    expect(await page.locator('.cause[open]').count()).toBe(1)
    await page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(await page.locator('.cause[open]').count()).toBe(3)
    await page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(await page.locator('.cause[open]').count()).toBe(1)
  })

  for (const colorScheme of ['light', 'dark'] as const)
    test(`nothing that axe knows of keeps anyone out, in ${colorScheme} and narrow`, async () => {
      const { page } = await open({ colorScheme, viewport: { width: 390, height: 800 } })
      await page.evaluate("dispatchEvent(new Event('beforeprint'))")
      await page.evaluate(
        "for (const one of document.querySelectorAll('details:not(.exchange, #all-exchanges)')) one.open = true",
      )
      await page.locator('#ORD-01 .exchange > summary').click()
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
      await page.evaluate(axe)
      const found = await page.evaluate(
        "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
      )
      expect(found).toEqual([])
    })
})
