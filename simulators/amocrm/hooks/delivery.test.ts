import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { embedded, startForTest, startReceiver } from '../testing.ts'

async function deliver(
  t: TestContext,
  answer: (n: number) => number | undefined,
  attempts: number,
  retryScale?: number,
) {
  const receiver = await startReceiver(t, answer)
  const simulator = await startForTest(t, retryScale === undefined ? {} : { retryScale })
  await simulator.api('POST', '/webhooks', { destination: receiver.url, settings: ['add_lead'] })
  await simulator.api('POST', '/leads', [{ name: 'A' }])
  const entries = await simulator.journaled('hook', attempts)
  return { ...simulator, receiver, tried: entries.map((entry) => [entry.attempt, entry.status]) }
}

test('a good answer ends the delivery', async (t) => {
  const { tried } = await deliver(t, (n) => [500, 204][n], 2)
  assert.deepEqual(tried, [
    [1, 500],
    [2, 204],
  ])
})

test('after 4xx there are three attempts, after 5xx five', async (t) => {
  const refused = await deliver(t, () => 404, 3)
  const failed = await deliver(t, () => 503, 5)
  assert.deepEqual(
    failed.tried,
    [1, 2, 3, 4, 5].map((attempt) => [attempt, 503]),
  )
  assert.deepEqual((await refused.journal('hook')).length, 3)
  assert.equal(refused.receiver.received.length, 3)
  assert.equal(failed.receiver.received.length, 5)
})

test('no answer within two seconds counts as 499', async (t) => {
  const started = Date.now()
  const { tried } = await deliver(t, (n) => (n === 0 ? undefined : 200), 2)
  assert.deepEqual(tried, [
    [1, 499],
    [2, 200],
  ])
  assert.ok(Date.now() - started >= 1990)
})

test('a destination is disabled after more than 100 bad answers, and enabled by subscribing again', async (t) => {
  const { api, journaled, receiver } = await deliver(t, () => 404, 3)
  await api(
    'POST',
    '/leads',
    Array.from({ length: 40 }, () => ({})),
  )
  await journaled('hook', 101)
  const path = `/webhooks?filter[destination]=${encodeURIComponent(receiver.url)}`
  assert.equal(embedded((await api('GET', path)).body, 'webhooks')[0]!.disabled, true)
  const again = await api('POST', '/webhooks', { destination: receiver.url, settings: ['add_lead'] })
  assert.equal(again.body.disabled, false)
})

test('webhooks are listed, replaced, refused and removed', async (t) => {
  const { api } = await startForTest(t)
  const destination = 'http://127.0.0.1:9/hook?x=1'
  assert.equal((await api('GET', '/webhooks')).status, 204)
  await api('POST', '/webhooks', { destination, settings: ['add_lead'] })
  const replaced = (await api('POST', '/webhooks', { destination, settings: ['status_lead'] })).body
  assert.deepEqual([replaced.id, replaced.settings, replaced.bad], [1, ['status_lead'], undefined])
  const listed = (await api('GET', '/webhooks')).body
  assert.equal(listed['_total_items'], 1)
  assert.deepEqual(embedded(listed, 'webhooks'), [replaced])

  const bad = await api('POST', '/webhooks', { destination: 'nowhere', settings: ['add_lead'] })
  assert.deepEqual(bad.body['validation-errors']![0]!.errors![0], {
    code: 'InvalidValue',
    path: 'destination.destination',
    detail: 'Invalid URL',
  })
  assert.equal((await api('POST', '/webhooks', { destination, settings: ['new_lead'] })).status, 400)
  assert.equal((await api('DELETE', '/webhooks', { destination })).status, 204)
  assert.equal((await api('DELETE', '/webhooks', { destination })).status, 404)
})
