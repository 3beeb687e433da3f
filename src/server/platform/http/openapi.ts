import { z } from 'zod'
import { COMMON_ERRORS, errorBody, type Raw, type Route } from '../../../protocol/api/route.ts'
import { type ErrorCode, ERRORS } from '../../../protocol/errors.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 document of some routes: the same schemas that check the requests. */
export function describeApi(routes: readonly Route[]): Json {
  const schemas: Json = {}
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    const operations = (paths[path] ??= {})
    operations[route.method.toLowerCase()] = operation(route, schemas)
  }
  const error = schemaOf(errorBody, schemas)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Pawpost',
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: { schemas: { ...schemas, error }, securitySchemes: SECURITY },
  }
}

const SECURITY = {
  session: { type: 'apiKey', in: 'cookie', name: '__Host-pawpost' },
  signature: {
    type: 'apiKey',
    in: 'header',
    name: 'Signature',
    description: 'HTTP Message Signature (RFC 9421), label pp, with Content-Digest (RFC 9530).',
  },
}

function operation(route: Route, schemas: Json): Json {
  const body = content(route.body, schemas)
  return {
    operationId: route.id,
    summary: route.summary,
    security: security(route),
    parameters: [
      ...parameters('path', route.params, schemas),
      ...parameters('query', route.query, schemas),
    ],
    ...(body && { requestBody: { required: true, content: body } }),
    responses: responses(route, schemas),
  }
}

function security({ callers }: Route): Json[] {
  if (callers.includes('none')) return []
  if (callers.includes('session')) return [{ session: [] }]
  const both = { session: [], signature: [] }
  return callers.includes('box') ? [both, { signature: [] }] : [both]
}

function parameters(place: 'path' | 'query', schema: z.ZodObject, schemas: Json): Json[] {
  return Object.entries(schema.shape).map(([name, each]) => {
    const type = each as z.ZodType
    const required = place === 'path' || !type.safeParse(undefined).success
    return { name, in: place, required, schema: schemaOf(type, schemas) }
  })
}

function content(wanted: z.ZodType | Raw, schemas: Json): Json | undefined {
  if (wanted === 'empty') return undefined
  if (wanted === 'bytes') return { 'application/octet-stream': {} }
  if (wanted === 'events') return { 'text/event-stream': { schema: { type: 'string' } } }
  return { 'application/json': { schema: schemaOf(wanted, schemas) } }
}

function responses(route: Route, schemas: Json): Json {
  const success = content(route.response, schemas)
  const codes = new Set<ErrorCode>([...COMMON_ERRORS, ...route.errors])
  const all: Json = {
    [route.status]: { description: 'Done.', ...(success && { content: success }) },
  }
  for (const [status, each] of Map.groupBy(codes, (code) => ERRORS[code].status)) {
    all[status] = {
      description: each.map((code) => `\`${code}\`: ${ERRORS[code].says}`).join('\n\n'),
      content: { 'application/json': { schema: { $ref: '#/components/schemas/error' } } },
      'x-codes': each,
    }
  }
  return all
}

/** A JSON Schema whose named parts are moved into `schemas`. */
function schemaOf(schema: z.ZodType, schemas: Json): Json {
  const {
    $schema: _dialect,
    $defs,
    ...json
  } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
  })
  Object.assign(schemas, renameReferences($defs ?? {}))
  return renameReferences(json) as Json
}

function renameReferences(json: unknown): unknown {
  const text = JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/')
  return JSON.parse(text)
}
