import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Exchange } from '../wire/exchange.ts'
import { har } from './har.ts'
import { chromiumFlags, chromiumPath } from './html/chromium-fixture.ts'

const executable = chromiumPath(process.env)

test.skipIf(executable === undefined)(
  'a browser that is given the HAR answers from it as the target did',
  { timeout: 60_000 },
  async () => {
    const body = '{"data":[],"first_id":null,"last_id":null,"has_more":false}'
    const exchange: Exchange = {
      id: 1,
      purpose: 'the list',
      request: { method: 'GET', target: '/events?limit=2&type=a%2Cb', headers: [] },
      response: {
        status: 404,
        headers: [['content-type', 'application/json']],
        body,
        bytes: body.length,
        utf8: true,
        truncated: false,
      },
      failure: undefined,
      stream: undefined,
      startedAtMs: 10,
      firstByteMs: 2.5,
      totalMs: 4,
      waits: 0,
      echoes: [],
    }
    const record = {
      startedAt: '2026-05-01T10:00:00.000Z',
      exchanges: [exchange],
      target: { baseUrl: 'http://target.example/v1' },
    }
    const folder = mkdtempSync(join(tmpdir(), 'har-'))
    const file = join(folder, 'exchanges.har')
    writeFileSync(file, [...har(record, '0.1.0')].join(''))
    const browser = await chromium.launch({ executablePath: executable ?? '', args: chromiumFlags })
    try {
      const page = await browser.newPage()
      await page.routeFromHAR(file, { notFound: 'abort' })
      const answer = await page.goto('http://target.example/v1/events?limit=2&type=a%2Cb')
      expect([answer?.status(), await answer?.text()]).toEqual([404, body])
      await expect(page.goto('http://target.example/v1/events?limit=3')).rejects.toThrow('ERR_FAILED')
    } finally {
      await browser.close()
      rmSync(folder, { recursive: true })
    }
  },
)
