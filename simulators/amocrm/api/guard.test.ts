import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startForTest } from '../testing.ts'

test('a missing or wrong token is 401, the control routes need none', async (t) => {
  const { send, sim } = await startForTest(t, { token: 'right' })
  for (const token of [undefined, 'wrong']) {
    const refused = await send('GET', '/api/v4/account', undefined, token)
    assert.equal(refused.status, 401)
    assert.match(refused.type, /^application\/problem\+json/)
    assert.equal(refused.body.title, 'Unauthorized')
  }
  assert.equal((await send('GET', '/api/v4/account', undefined, 'right')).status, 200)
  assert.equal((await sim('POST', '/reset')).status, 204)
})

test('the eighth request of a second is 429 until the limit is lifted', async (t) => {
  const { api, sim } = await startForTest(t)
  await sim('POST', '/reset')
  const answers = await Promise.all(Array.from({ length: 8 }, () => api('GET', '/account')))
  const refused = answers.filter((answer) => answer.status !== 200)
  assert.equal(refused.length, 1)
  assert.equal(refused[0]!.status, 429)
  assert.match(refused[0]!.type, /^application\/problem\+json/)
  assert.equal(refused[0]!.body.retry_after, 1)

  await sim('POST', '/limits', { perSecond: null })
  const free = await Promise.all(Array.from({ length: 12 }, () => api('GET', '/account')))
  assert.ok(free.every((answer) => answer.status === 200))
  assert.equal((await sim('POST', '/limits', { perSecond: 0 })).body.errors![0]!.field, 'perSecond')
})

test('an unknown route is 404 and unexpected; each request is journaled with its status', async (t) => {
  const { api, send, journal } = await startForTest(t)
  const unknown = await api('GET', '/nothing')
  assert.equal(unknown.status, 404)
  assert.match(String(unknown.body.detail), /^Cannot GET http:.*\/api\/v4\/nothing$/)
  assert.equal((await api('DELETE', '/leads/abc')).status, 404)
  assert.equal((await api('GET', '/leads/abc')).status, 404)
  assert.equal((await send('GET', '/elsewhere')).status, 404)
  assert.deepEqual(
    (await journal('unexpected')).map((entry) => entry.path),
    ['/api/v4/nothing', '/api/v4/leads/abc', '/api/v4/leads/abc', '/elsewhere'],
  )
  await api('GET', '/leads/5?with=contacts')
  const last = (await journal('request')).at(-1)!
  assert.deepEqual(
    [last.method, last.path, last.query, last.status],
    ['GET', '/api/v4/leads/5', 'with=contacts', 204],
  )
})

test('faults: an answer instead, a lost request, a lost answer', async (t) => {
  const { api, sim, journal } = await startForTest(t)
  const match = { method: 'POST', path: '/api/v4/leads' }
  await sim('POST', '/faults', [
    { match, fault: { status: 504 } },
    { match, fault: { drop: true } },
    { match, fault: { close: true } },
  ])
  assert.equal((await api('POST', '/leads', [{ name: 'A' }])).status, 504)
  await assert.rejects(api('POST', '/leads', [{ name: 'B' }]))
  await assert.rejects(api('POST', '/leads', [{ name: 'C' }]))
  assert.deepEqual(
    (await journal('lead.added')).map((entry) => entry.name),
    ['C'],
  )
})

test('too many requests over the limit block everything with 403 until it is lifted', async (t) => {
  const { sim, send, api, journal, url } = await startForTest(t)
  await sim('POST', '/limits', { perSecond: 1, format: 'html', blockAfter: 2 })
  const get = () => fetch(`${url}/api/v4/account`, { headers: { authorization: 'Bearer x' } })
  const statuses: number[] = []
  let last: Response | undefined
  for (let n = 0; n < 4; n += 1) statuses.push((last = await get()).status)
  assert.deepEqual(statuses, [200, 429, 429, 403])
  assert.match(last!.headers.get('content-type')!, /^text\/html/)
  assert.match(await last!.text(), /nginx/)
  assert.deepEqual(
    (await journal('request')).map((entry) => [entry.status, entry.overLimit ?? false]),
    [
      [200, false],
      [429, true],
      [429, true],
      [403, true],
    ],
  )
  await sim('POST', '/limits', { perSecond: null })
  assert.equal((await api('GET', '/account')).status, 200)
  assert.equal((await send('GET', '/_sim/board')).status, 200)
})
