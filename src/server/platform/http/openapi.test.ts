import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ROUTES } from '../../../protocol/api/routes.ts'
import { describeApi } from './openapi.ts'

test('the description has every route, and every reference in it leads somewhere', () => {
  const api = describeApi(ROUTES) as {
    paths: Record<string, Record<string, { operationId: string; responses: object }>>
    components: { schemas: Record<string, unknown> }
  }
  const operations = Object.values(api.paths).flatMap((path) => Object.values(path))
  const ids = operations.map((operation) => operation.operationId)
  assert.deepEqual(ids.toSorted(), ROUTES.map(({ id }) => id).toSorted())
  const references = JSON.stringify(api).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)
  const names = new Set(Array.from(references, ([, name]) => name ?? ''))
  assert.ok(names.has('error') && names.has('account-id'))
  for (const name of names) assert.ok(name in api.components.schemas, name)
})

test('every error of a route is under its status', () => {
  const api = JSON.parse(JSON.stringify(describeApi(ROUTES)))
  const { responses } = api.paths['/api/sessions'].post
  assert.deepEqual(responses['401']['x-codes'], ['sign-in-refused'])
  assert.deepEqual(responses['429']['x-codes'], ['too-many'])
})
