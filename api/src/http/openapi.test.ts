import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { startTestApp } from '../testing/test-app.ts'
import { createServer } from './server.ts'

type Operation = {
  summary?: string
  security?: Record<string, unknown>[]
  parameters?: { name: string; in: string; required?: boolean; schema: object }[]
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>
}
type Document = {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: { securitySchemes: Record<string, object>; schemas?: Record<string, object> }
}

const server = await createServer(await startTestApp())
after(() => server.close())
const answer = await server.inject('/openapi.json')
const document = answer.json<Document>()
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    path,
    operation,
  })),
)

/** OpenAPI 3.0 writes an exclusive bound as the bound and true beside it, and null as a flag beside the type. */
const asJsonSchema = (schema: object): object =>
  JSON.parse(JSON.stringify(schema), (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    const { nullable, exclusiveMinimum, ...rest } = value as Record<string, unknown>
    if (exclusiveMinimum === true) return { ...rest, exclusiveMinimum: rest['minimum'] }
    return nullable === true ? { anyOf: [rest, { type: 'null' }] } : rest
  }) as object

test('it is an OpenAPI 3 document with a title and a version', () => {
  assert.equal(answer.statusCode, 200)
  assert.match(document.openapi, /^3\.0\.\d+$/)
  assert.ok(document.info.title && document.info.version)
})

test('it lists every route', () => {
  const names = operations.map((operation) => operation.name)
  for (const route of [
    'POST /telegram/userbot',
    'POST /amocrm/update',
    'GET /conversation/{leadId}',
    'POST /hooks/amocrm/{secret}',
    'POST /hooks/telegram/{secret}',
    'GET /health',
    'GET /ready',
    'POST /turns/{id}/decision',
    'POST /turns/{id}/busy',
    'POST /turns/{id}/calendar',
    'POST /turns/{id}/complete',
    'POST /turns/{id}/failure',
    'POST /n8n/errors',
  ]) {
    assert.ok(names.includes(route), route)
  }
  // And so does fastify's own list: whatever it routes is in the document, but for the documents themselves.
  for (const name of names) {
    const [method, path] = name.split(' ') as ['GET' | 'POST', string]
    assert.ok(server.hasRoute({ method, url: path.replaceAll(/\{(\w+)\}/g, ':$1') }), name)
  }
})

for (const { name, path, operation } of operations) {
  test(`${name}: summary, parameters, answers, and schemas that compile`, () => {
    assert.ok(operation.summary)
    const named = (operation.parameters ?? [])
      .filter((parameter) => parameter.in === 'path')
      .map((parameter) => parameter.name)
    assert.deepEqual(named.sort(), [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort())
    assert.ok(Object.keys(operation.responses).length > 0)
    for (const scheme of (operation.security ?? []).flatMap(Object.keys))
      assert.ok(document.components.securitySchemes[scheme], scheme)
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    const contents = [operation.requestBody, ...Object.values(operation.responses)].flatMap((part) =>
      Object.values(part?.content ?? {}),
    )
    for (const { schema } of [...contents, ...(operation.parameters ?? [])]) {
      ajv.compile(asJsonSchema(schema))
    }
    for (const response of Object.values(operation.responses)) assert.ok(response.description)
  })
}

test('all but health, hooks, documents and the door of the console ask for a token or a session', () => {
  const open = operations.filter(({ operation }) => !operation.security?.length).map(({ name }) => name)
  // The hooks have guards of their own: a secret in the address, a signature; Google's tokens the secret of n8n's client; so has GigaChat. The console is come into by a password or a link.
  assert.deepEqual(open.sort(), [
    'GET /health',
    'GET /models/gigachat/v1/models',
    'GET /ready',
    'POST /console/join',
    'POST /console/login',
    'POST /google/token',
    'POST /hooks/amocrm-chats/{scopeId}',
    'POST /hooks/amocrm/{secret}',
    'POST /hooks/telegram/{secret}',
    'POST /models/gigachat/v1/chat/completions',
  ])
})
