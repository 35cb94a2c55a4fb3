// How the vendor of a mock gets every requirement as a test of their own.
import { createReferenceServer, type ReferenceServer } from 'thread-events-conformance'
import { describeConformance } from 'thread-events-conformance/vitest'
import { afterAll, beforeAll } from 'vitest'

let mock: ReferenceServer | undefined
beforeAll(async () => {
  // Start your server here.
  mock = await createReferenceServer({ variant: 'gzip-unasked' })
})
afterAll(() => mock?.close())

describeConformance(() => ({
  baseUrl: mock?.baseUrl ?? '',
  token: mock?.token ?? '',
  runs: 0,
}))
