import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { isJsonObject } from './json.ts'
import { openApiDocument } from './openapi.ts'

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  const result = await validator.validate(structuredClone({ ...openApiDocument() }))
  expect(result.errors).toBeUndefined()
  expect(result.valid).toBe(true)
  expect(validator.version).toBe('3.1')
})

test('its schemas still judge events: a page with an event without a type is rejected', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ ...openApiDocument() }, 'document')
  const validate = ajv.getSchema('document#/components/schemas/EventList')
  const event = {
    id: 'evt_1',
    type: 'agent.message',
    session_id: 'sess_1',
    session_thread_id: 'sthr_1',
    created_at: '2026-06-15T08:01:00Z',
  }
  const page = (data: unknown) => ({ data: [data], first_id: 'evt_1', last_id: 'evt_1', has_more: false })
  expect(validate?.(page(event))).toBe(true)
  const { type: _type, ...untyped } = event
  expect(validate?.(page(untyped))).toBe(false)
  const { components } = openApiDocument()
  expect(isJsonObject(components) && JSON.stringify(components)).not.toContain('$defs')
})

test('an unknown revision has no document', () => {
  expect(() => openApiDocument('2026-05')).toThrow('Unknown revision "2026-05". Choose ')
})
