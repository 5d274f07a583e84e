import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, test } from 'node:test'
import { text } from 'node:stream/consumers'
import { addLead } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { createTurnExport } from './export-turns.ts'
import { readOtlpHeaders } from './settings.ts'

type Attribute = { key: string; value: { stringValue?: string; intValue?: number; doubleValue?: number } }
type Span = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: Attribute[]
  status: { code?: number }
}
type Body = {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Span[] }[] }[]
}

const app = await startTestApp()
const { db } = app
const taken: { url: string | undefined; authorization: string | undefined; body: Body }[] = []
let status = 200
const collector = createServer((request, response) => {
  void text(request).then((body) => {
    if (status === 200)
      taken.push({
        url: request.url,
        authorization: request.headers.authorization,
        body: JSON.parse(body) as Body,
      })
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
  })
})
await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
const address = collector.address()
const port = typeof address === 'object' && address ? address.port : assert.fail('no port')
const settings = {
  url: `http://127.0.0.1:${port}/v1/traces`,
  headers: { authorization: 'Bearer of-the-collector' },
  serviceName: 'sales',
}
const exported = createTurnExport(app, settings)
after(async () => {
  await exported.close()
  collector.closeAllConnections()
  collector.close()
})

/** A turn that ended a minute ago. */
async function addEnded(leadId: number): Promise<number> {
  await addLead(db, leadId, { name: 'Мария Петрова' })
  const { rows } = await db.query<{ id: number }>(
    `insert into turns (lead_id, kind, state, first_event_at, run_at, decided_at, finished_at, attempts, decision, trace, execution_id, last_error)
     values ($1, 'answer', 'done', now() - interval '90 s', now() - interval '80 s', now() - interval '65 s', now() - interval '60 s', 1,
       '{"sales": {"action": "offer_times", "reply": "Мария, есть время во вторник"}, "classification": {"intent": "ready"}}',
       '{"refused": [{"problem": "names a card", "sales": {"reply": "переведите на карту"}}]}', '77', null) returning id`,
    [leadId],
  )
  const { id } = rows[0] ?? assert.fail('no turn')
  await db.query(
    `insert into model_calls (turn_id, fencing, step, vendor, model, outcome, ms, input_tokens, output_tokens, cost_usd, at)
     values ($1, 1, 'sales', 'openai', 'gpt-6-luna', 'ok', 1500, 900, 80, 0.001, now() - interval '66 s')`,
    [id],
  )
  return id
}
const spans = () =>
  taken.flatMap(({ body }) =>
    body.resourceSpans.flatMap((one) => one.scopeSpans.flatMap((scope) => scope.spans)),
  )
const valueOf = (span: Span | undefined, key: string) => {
  const value = span?.attributes.find((one) => one.key === key)?.value
  return value?.stringValue ?? value?.intValue ?? value?.doubleValue
}

test('what ended before the first export is not ours to tell; what ends after it is told once', async () => {
  await addEnded(1)
  assert.equal(await exported.step(), 0)
  await db.query(
    `update cursors set value = value || '{"ended": "2000-01-01"}' where name = 'telemetry.turns'`,
  )
  assert.equal(await exported.step(), 1)
  assert.equal(await exported.step(), 0)
  assert.deepEqual(
    taken.map(({ url, authorization }) => [url, authorization]),
    [['/v1/traces', 'Bearer of-the-collector']],
  )
})

test('a turn is one trace: what it waited and thought, its calls by the conventions, its effects; no words of anybody', async () => {
  const all = spans()
  const root = all.find((one) => !one.parentSpanId)
  assert.equal(new Set(all.map(({ traceId }) => traceId)).size, 1)
  assert.ok(all.every((one) => one === root || one.parentSpanId === root?.spanId))
  assert.deepEqual(
    all.map(({ name }) => name),
    ['turn answer', 'wait', 'think', 'chat gpt-6-luna'],
  )
  assert.deepEqual(
    ['lead.id', 'turn.action', 'turn.intent', 'turn.refusals', 'n8n.execution.id'].map((key) =>
      valueOf(root, key),
    ),
    [1, 'offer_times', 'ready', 1, '77'],
  )
  const call = all.find(({ name }) => name === 'chat gpt-6-luna')
  assert.deepEqual(
    ['gen_ai.provider.name', 'gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens'].map((key) =>
      valueOf(call, key),
    ),
    ['openai', 900, 80],
  )
  assert.equal(BigInt(call?.endTimeUnixNano ?? 0) - BigInt(call?.startTimeUnixNano ?? 0), 1_500_000_000n)
  assert.equal(taken[0]?.body.resourceSpans[0]?.resource.attributes[0]?.value.stringValue, 'sales')
  assert.doesNotMatch(JSON.stringify(taken), /Мария|вторник|карту|names a card/)
})

test('a collector that is away loses nothing: what waits is told when it is back', async () => {
  const id = await addEnded(2)
  await db.query('update turns set finished_at = now() - interval $$50 s$$ where id = $1', [id])
  status = 400
  assert.equal(await exported.step(), 0)
  status = 200
  assert.equal(await exported.step(), 1)
  assert.equal(
    valueOf(
      spans().findLast((one) => !one.parentSpanId),
      'lead.id',
    ),
    2,
  )
})

test('two processes do not tell the same', async () => {
  const id = await addEnded(3)
  await db.query('update turns set finished_at = now() - interval $$40 s$$ where id = $1', [id])
  const other = createTurnExport(app, settings)
  const sent = await Promise.all([exported.step(), other.step()])
  await other.close()
  assert.equal(
    sent.reduce((sum, one) => sum + one),
    1,
  )
})

test('headers as OpenTelemetry writes them; others are refused', () => {
  assert.deepEqual(readOtlpHeaders('Authorization=Basic%20YQ==, x-team=sales,'), {
    authorization: 'Basic YQ==',
    'x-team': 'sales',
  })
  assert.deepEqual(readOtlpHeaders(''), {})
  for (const bad of ['authorization', '=x', 'a b=c', 'a=%', 'a=я'])
    assert.equal(readOtlpHeaders(bad), null, bad)
})
