import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Where Chromium is on this machine.
 * @param named what `CHROMIUM_PATH` holds
 * @returns `undefined` when there is none and none was named
 * @throws Error when one was named that is not there
 */
export function chromiumPath(named: string | undefined): string | undefined {
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named
    throw new Error(`CHROMIUM_PATH names ${named}, which is not there.`)
  }
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
}

/** A page that was opened from a file, with everything that went wrong in it and all that it asked for. */
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
    return new PageOpener(await chromium.launch({ executablePath, args: flags }))
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
