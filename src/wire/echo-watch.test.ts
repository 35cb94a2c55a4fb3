import { expect, test } from 'vitest'
import { EchoWatch } from './echo-watch.ts'
import { SecretRegistry } from './secrets.ts'

const token = 'pat_0123456789abcdef0123456789abcdef'

test('a stream repeats the secrets that any of its texts contains', () => {
  const secrets = new SecretRegistry()
  secrets.add('CONFORMANCE_TOKEN', token)
  const watch = new EchoWatch(secrets)
  watch.inspect('data: {}\n\n')
  expect(watch.found()).toEqual([])
  watch.inspect(`: for ${encodeURIComponent(token)}\n\n`)
  watch.inspect(`data: ${token}\n\n`)
  expect(watch.found()).toEqual(['CONFORMANCE_TOKEN'])
})

test('a stream that was not searched for all secrets has to be searched again', () => {
  const secrets = new SecretRegistry()
  const watch = new EchoWatch(secrets)
  watch.inspect(`data: ${token}\n\n`)
  secrets.add('CONFORMANCE_TOKEN', token)
  expect(watch.found()).toBeUndefined()
})
