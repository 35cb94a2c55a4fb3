import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** Flags of a headless browser that makes no network requests of its own. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Finds Chromium on this machine.
 * @param env `CHROMIUM_PATH` overrides the usual places; with `CI`, a missing browser is an error
 * @returns `undefined` when there is none
 */
export function chromiumPath(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = env.CHROMIUM_PATH ?? ''
  if (named !== '') {
    if (existsSync(named)) return named
    throw new Error(`CHROMIUM_PATH is ${named}, which does not exist.`)
  }
  const found = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
  if (found === undefined && (env.CI ?? '') !== '')
    throw new Error('Chromium is missing, and CI is set. Install chromium, or set CHROMIUM_PATH.')
  return found
}

/** A page opened from a file, with its console errors and requests. */
export interface OpenedPage {
  readonly page: Page
  readonly complaints: string[]
  readonly requests: string[]
}

/** Opens pages from files, in a context of its own each. */
export class PageOpener {
  readonly #folder = mkdtempSync(join(tmpdir(), 'html-report-'))
  readonly #browser: Browser
  #count = 0

  constructor(browser: Browser) {
    this.#browser = browser
  }

  static async launch(executablePath: string): Promise<PageOpener> {
    return new PageOpener(await chromium.launch({ executablePath, args: chromiumFlags }))
  }

  async open(text: string, options: BrowserContextOptions = {}): Promise<OpenedPage> {
    this.#count += 1
    const file = join(this.#folder, `${this.#count}.html`)
    writeFileSync(file, text)
    const context = await this.#browser.newContext(options)
    const page = await context.newPage()
    const complaints: string[] = []
    const requests: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('dialog', (dialog) => complaints.push(dialog.message()))
    page.on('request', (request) => requests.push(request.url()))
    await page.goto(pathToFileURL(file).href)
    return { page, complaints, requests }
  }

  async close(): Promise<void> {
    await this.#browser.close()
    rmSync(this.#folder, { recursive: true })
  }
}
