import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { startAmocrmServer } from '../testing/amocrm-server.ts'
import { AmocrmError } from './amocrm-error.ts'
import { setHttpWays } from '../outgoing/dispatchers.ts'
import { createAmocrm } from './client.ts'
import { createMemoryGate } from './memory-gate.ts'

const server = await startAmocrmServer()
beforeEach(() => {
  server.answers.clear()
  server.requests.length = 0
})

const alerts: string[] = []
const makeClient = (perSecond = 1000) => {
  const gate = createMemoryGate(perSecond)
  const client = createAmocrm({
    baseUrl: server.url,
    token: 'secret-token',
    gate,
    alert: (kind) => alerts.push(kind),
  })
  return { client, gate }
}
const paths = () => server.requests.map((request) => `${request.method} ${request.path}`)
const failure = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => assert.fail('it did not fail'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof AmocrmError, String(error))
  return error
}
const card = (id: number) => ({
  id,
  status_id: 1,
  pipeline_id: 1,
  created_at: 1,
  updated_at: 1,
  custom_fields_values: null,
})

test('204 is an empty list, and nobody for an id', async () => {
  const { client } = makeClient()
  assert.equal(await client.lead(5), undefined)
  assert.deepEqual(await client.pipelines(), [])
  assert.deepEqual(await client.leads([1, 2]), { found: new Map(), failed: new Map() })
})

const errors: [name: string, status: number, body: unknown, says: RegExp, retry: boolean][] = [
  [
    'validation errors',
    400,
    { detail: 'Request validation failed', 'validation-errors': [{ errors: [{ path: 'status_id' }] }] },
    /Request validation failed.*status_id/,
    false,
  ],
  ['an HTML page', 502, '<html><h1>502 Bad Gateway</h1></html>', /502 Bad Gateway$/, true],
  ['an empty body', 500, '', /answered 500/, true],
  ['a gateway timeout', 504, '<html>', /504/, true],
  ['an answer that does not fit', 200, { id: 'x' }, /does not fit/, true],
  ['too many in one request', 422, { detail: 'more than 250' }, /250/, false],
]
for (const [name, status, body, says, retry] of errors) {
  test(`${name}: the error says so and whether to try again`, async () => {
    server.answers.set('GET /api/v4/leads/5', { status, body })
    const error = await failure(makeClient().client.lead(5))
    assert.match(error.message, says)
    assert.equal(error.retry, retry)
    assert.doesNotMatch(error.message, /secret-token/)
  })
}

test('the detail of a problem is told, without validation errors too', async () => {
  server.answers.set('GET /api/v4/leads/5', { status: 400, body: { title: 'Bad', detail: 'no such status' } })
  assert.equal((await failure(makeClient().client.lead(5))).message, 'amoCRM answered 400: no such status')
})

test('nobody at the address: it is tried again later', async () => {
  const client = createAmocrm({ baseUrl: 'http://127.0.0.1:1', token: 'x' })
  const error = await failure(client.lead(5))
  assert.deepEqual([error.status, error.retry, error.unsent], [0, true, false])
})

for (const [name, body, headers] of [
  ['the body', { retry_after: 300, detail: 'Too many' }, {}],
  ['a header', '<html>429 Too Many Requests</html>', { 'retry-after': '300' }],
] as const) {
  test(`429 with a time in ${name} stops all requests that long`, async () => {
    server.answers.set('GET /api/v4/leads/5', { status: 429, body, headers })
    const { client, gate } = makeClient()
    await failure(client.lead(5))
    const next = await failure(client.contact(1))
    assert.equal(next.unsent, true)
    assert.ok(next.retryAfterMs! > 295_000 && next.retryAfterMs! <= 300_001, String(next.retryAfterMs))
    assert.deepEqual(paths(), ['GET /api/v4/leads/5'])
    assert.equal((await gate.state()).open, false)
  })
}

test('one 429, because another program asked in the same second, is nobody’s trouble: the request goes again', async () => {
  let refused = false
  server.answer = ({ path }) => {
    if (path === '/api/v4/account') return { status: 200, body: { id: 1 } }
    if (refused) return { status: 200, body: card(5) }
    refused = true
    return { status: 429, body: { retry_after: 1, detail: 'Too many requests' } }
  }
  const { client } = makeClient()
  assert.equal((await client.lead(5))?.id, 5)
  assert.deepEqual(paths(), ['GET /api/v4/leads/5', 'GET /api/v4/account', 'GET /api/v4/leads/5'])
  server.answer = undefined
})

test('403 on everything: two requests and nothing more, and a human is told', async () => {
  alerts.length = 0
  const blocked = { status: 403, body: '<html>Forbidden</html>' }
  server.answers.set('GET /api/v4/leads/5', blocked)
  server.answers.set('GET /api/v4/account', blocked)
  const { client, gate } = makeClient()
  await failure(client.lead(5))
  for (let count = 0; count < 20; count++) assert.equal((await failure(client.contact(1))).unsent, true)
  assert.deepEqual(paths(), ['GET /api/v4/leads/5', 'GET /api/v4/account'])
  const state = await gate.state()
  assert.ok(!state.open && state.kind === 'forbidden')
  assert.deepEqual(alerts, ['forbidden'])
})

test('403 on one card is about that card: the others go on', async () => {
  alerts.length = 0
  server.answers.set('GET /api/v4/leads/5', { status: 403, body: { detail: 'no rights' } })
  server.answers.set('GET /api/v4/account', { status: 200, body: { id: 1 } })
  const { client } = makeClient()
  const error = await failure(client.lead(5))
  assert.deepEqual([error.status, error.retry], [403, false])
  assert.equal(await client.contact(1), undefined)
  assert.deepEqual(alerts, [])
})

test('a refused long-lived token stops everything: there is nothing to renew', async () => {
  alerts.length = 0
  server.answers.set('GET /api/v4/leads/5', { status: 401, body: { title: 'Unauthorized' } })
  const { client } = makeClient()
  assert.match((await failure(client.lead(5))).message, /AMOCRM_API_KEY/)
  assert.equal((await failure(client.lead(5))).unsent, true)
  assert.equal(server.requests.length, 1)
  assert.deepEqual(alerts, ['unauthorized'])
})

test('pages are followed by the links of the answers, on our address only', async () => {
  const leads = (id: number, next?: string) => ({
    _links: next ? { next: { href: next } } : {},
    _embedded: { leads: [card(id)] },
  })
  server.answers.set('GET /api/v4/leads', {
    status: 200,
    body: leads(1, 'https://elsewhere.example/api/v4/leads/more?page=2'),
  })
  server.answers.set('GET /api/v4/leads/more', { status: 200, body: leads(2) })
  const found: number[] = []
  for await (const page of makeClient().client.leadsUpdatedSince(0))
    found.push(...page.items.map(({ id }) => id))
  assert.deepEqual(found, [1, 2])
})

test('many leads are read with one request; who is missing is asked for alone', async () => {
  server.answers.set('GET /api/v4/leads', {
    status: 200,
    body: { _embedded: { leads: [card(1), card(3)] } },
  })
  server.answers.set('GET /api/v4/leads/2', { status: 200, body: card(2) })
  const { found } = await makeClient().client.leads([1, 2, 3, 2])
  assert.deepEqual([...found.keys()].sort(), [1, 2, 3])
  assert.deepEqual(paths(), ['GET /api/v4/leads', 'GET /api/v4/leads/2'])
})

test('notes written at the same time share a request, each with its own answer', async () => {
  server.answers.set('POST /api/v4/leads/notes', {
    status: 200,
    body: {
      _embedded: {
        notes: [
          { id: 72, request_id: '1' },
          { id: 71, request_id: '0' },
        ],
      },
    },
  })
  const { client } = makeClient()
  assert.deepEqual(await Promise.all([client.addNote(1, 'a'), client.addNote(2, 'b')]), [71, 72])
  assert.deepEqual(paths(), ['POST /api/v4/leads/notes'])
  const body = server.requests[0]!.body as { entity_id: number }[]
  assert.deepEqual(
    body.map(({ entity_id: id }) => id),
    [1, 2],
  )
})

test('of a refused batch only the bad item fails', async () => {
  const { client } = makeClient()
  server.answer = ({ path, body }) => {
    if (path === '/api/v4/leads' && (body as { id: number }[]).some(({ id }) => id === 3))
      return { status: 400, body: {} }
    if (path === '/api/v4/leads') return { status: 200, body: { _embedded: { leads: body } } }
    return path === '/api/v4/leads/3'
      ? { status: 400, body: { detail: 'bad' } }
      : { status: 200, body: { id: 1 } }
  }
  const answers = await Promise.allSettled([1, 2, 3, 4, 5].map((id) => client.updateLead(id, { name: 'x' })))
  server.answer = undefined
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
  )
})

test('after a 504 the batches are smaller', async () => {
  const sizes: number[] = []
  server.answer = ({ body }) => {
    sizes.push((body as unknown[]).length)
    return sizes.length === 1
      ? { status: 504, body: '<html>' }
      : { status: 200, body: { _embedded: { notes: (body as unknown[]).map((_, id) => ({ id })) } } }
  }
  const { client } = makeClient()
  const write = () =>
    Promise.allSettled(Array.from({ length: 20 }, (_, index) => client.addNote(index + 1, 'text')))
  assert.ok((await write()).every(({ status }) => status === 'rejected'))
  assert.ok((await write()).every(({ status }) => status === 'fulfilled'))
  server.answer = undefined
  assert.deepEqual(sizes, [20, 10, 10])
})

test('an endless answer is not read to its end: it is refused, and a good one after it is taken', async () => {
  // As the server does at its start.
  setHttpWays({ https: null, http: null, direct: [] })
  const { client } = makeClient()
  server.answers.set('GET /api/v4/leads/5', {
    status: 200,
    body: { ...card(5), name: 'x'.repeat(33 * 1024 * 1024) },
  })
  assert.match((await failure(client.lead(5))).message, /size/i)
  server.answers.set('GET /api/v4/leads/5', { status: 200, body: card(5) })
  assert.equal((await client.lead(5))?.id, 5)
})
