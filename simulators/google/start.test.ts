import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startGoogle } from './start.ts'
import { refusal, startWithClient } from './testing.ts'

const calendarId = 'seller@company.com'
const requestBody = {
  id: 'abc123',
  start: { dateTime: '2026-11-23T10:00:00+03:00' },
  end: { dateTime: '2026-11-23T11:00:00+03:00' },
}

test('an insert whose answer is lost is stored; the repeat finds it', async (t) => {
  const { api, sim, close } = await startWithClient()
  t.after(close)
  const rule = { match: { method: 'POST', path: '/calendar/v3/calendars/*/events' }, fault: { close: true } }
  await sim('POST', 'faults', rule)
  await assert.rejects(api.events.insert({ calendarId, requestBody }))
  assert.equal(await refusal(api.events.insert({ calendarId, requestBody })), '409 duplicate')
  const { body } = await sim('GET', 'journal')
  const seen = body.entries
    .filter(
      ({ kind, path }: { kind: string; path?: string }) =>
        kind.startsWith('event.') || path?.includes('/events'),
    )
    .map(({ kind, status }: { kind: string; status: unknown }) => [kind, status])
  assert.deepEqual(seen, [
    ['event.insert', 'confirmed'],
    ['request', 0],
    ['request', 409],
  ])
})

test('a fault that names only a status is said in words of Google; a dropped request does nothing', async (t) => {
  const { api, sim, close } = await startWithClient()
  t.after(close)
  const fail = (fault: object) => sim('POST', 'faults', { match: { path: '*/events' }, fault })
  const insert = () => api.events.insert({ calendarId, requestBody })
  await fail({ status: 403 })
  assert.equal(await refusal(insert()), '403 rateLimitExceeded')
  await fail({ status: 503 })
  assert.equal(await refusal(insert()), '503 backendError')
  await fail({ drop: true })
  await assert.rejects(insert())
  assert.equal((await insert()).status, 200)
})

test('a world with a state file survives a restart', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'google-'))
  t.after(() => rm(folder, { recursive: true }))
  const stateFile = join(folder, 'google.json')
  const before = await startWithClient({ stateFile })
  await before.api.events.insert({ calendarId, requestBody })
  await before.sim('POST', 'calendars', { id: 'second@company.com', timeZone: 'Asia/Tokyo' })
  const { nextSyncToken } = (await before.api.events.list({ calendarId })).data
  const { access_token: token } = before.auth.credentials
  await before.close()

  const after = await startWithClient({ stateFile })
  t.after(after.close)
  after.auth.setCredentials({ access_token: token! })
  const delta = await after.api.events.list({ calendarId, syncToken: nextSyncToken! })
  assert.deepEqual(delta.data.items, [])
  assert.equal(await refusal(after.api.events.insert({ calendarId, requestBody })), '409 duplicate')
  const { data } = await after.api.calendarList.list()
  assert.deepEqual(
    data.items?.map(({ id, timeZone, primary }) => [id, timeZone, primary]),
    [
      [calendarId, 'Europe/Moscow', true],
      ['second@company.com', 'Asia/Tokyo', undefined],
    ],
  )
})

test('the human adds, moves and deletes; bad control input names the field', async (t) => {
  const { sim, close } = await startWithClient()
  t.after(close)
  const added = await sim('POST', 'events', {
    summary: 'Dentist',
    start: '2026-11-23T10:00:00+03:00',
    end: '2026-11-23T11:00:00+03:00',
  })
  const moved = await sim('PATCH', `events/${added.body.id}`, {
    start: '2026-11-24T10:00:00+03:00',
    end: '2026-11-24T11:00:00+03:00',
  })
  assert.equal(moved.body.start.dateTime, '2026-11-24T10:00:00+03:00')
  assert.equal((await sim('DELETE', `events/${added.body.id}`)).status, 204)
  const { body } = await sim('GET', `events?calendarId=${calendarId}`)
  assert.deepEqual(
    body.map(({ id, status, by }: Record<string, string>) => [id, status, by]),
    [[added.body.id, 'cancelled', 'human']],
  )
  const bad = await sim('POST', 'events', { start: 'soon', end: '2026-11-23T11:00:00+03:00' })
  assert.deepEqual([bad.status, bad.body.errors[0].field], [400, 'start'])
  assert.equal((await sim('DELETE', 'events/none1')).status, 404)
  assert.equal((await sim('GET', 'events?calendarId=no@x.com')).status, 404)
})

test('a push channel is told of each change until it is stopped', async (t) => {
  const { api, close } = await startWithClient()
  t.after(close)
  const hook = createServer((_request, response) => response.end()).listen(0, '127.0.0.1')
  t.after(() => hook.close())
  await once(hook, 'listening')
  const heard = async () => {
    const [request] = (await once(hook, 'request')) as [IncomingMessage]
    const { 'x-goog-resource-state': state, 'x-goog-message-number': number, ...headers } = request.headers
    return [state, number, headers['x-goog-channel-id'], headers['x-goog-channel-token']]
  }
  const address = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`
  const watch = () =>
    api.events.watch({ calendarId, requestBody: { id: 'c1', type: 'web_hook', address, token: 'secret' } })
  const sync = heard()
  const { data } = await watch()
  assert.deepEqual(await sync, ['sync', '1', 'c1', 'secret'])
  assert.equal(await refusal(watch()), '400 channelIdNotUnique')
  const exists = heard()
  await api.events.insert({ calendarId, requestBody })
  assert.deepEqual(await exists, ['exists', '2', 'c1', 'secret'])
  assert.equal(
    (await api.channels.stop({ requestBody: { id: 'c1', resourceId: data.resourceId! } })).status,
    204,
  )
  const heardBy: unknown[] = []
  hook.on('request', ({ headers }) => heardBy.push(headers['x-goog-channel-id']))
  const other = heard()
  await api.events.watch({ calendarId, requestBody: { id: 'c2', type: 'web_hook', address } })
  await other
  const removed = heard()
  await api.events.delete({ calendarId, eventId: 'abc123' })
  await removed
  assert.deepEqual(heardBy, ['c2', 'c2'])
})

test('what does not exist is a Google 404 and journaled as unexpected; broken JSON is a parse error', async (t) => {
  const { url, auth, sim, close } = await startWithClient()
  t.after(close)
  const { token } = await auth.getAccessToken()
  const send = async (method: string, path: string, body?: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(url + path, { method, headers, ...(body && { body }) })
    const { error } = (await answer.json()) as { error: { errors: { reason: string }[] } }
    return [answer.status, error.errors[0]!.reason]
  }
  assert.deepEqual(await send('GET', '/calendar/v3/colors'), [404, 'notFound'])
  assert.deepEqual(await send('POST', `/calendar/v3/calendars/${calendarId}/events`, '{'), [
    400,
    'parseError',
  ])
  assert.deepEqual(await send('POST', `/calendar/v3/calendars/${calendarId}/events`), [400, 'required'])
  const { body } = await sim('GET', 'journal')
  const unexpected = body.entries.filter(({ kind }: { kind: string }) => kind === 'unexpected')
  assert.deepEqual(
    unexpected.map(({ path }: { path: string }) => path),
    ['/calendar/v3/colors'],
  )
})

test('a taken port is said plainly', async (t) => {
  const google = await startGoogle({ port: 0 })
  t.after(google.close)
  await assert.rejects(startGoogle({ port: google.port }), /port \d+ of 127\.0\.0\.1 is taken/)
})
