import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal, startWithClient } from './testing.ts'

const calendarId = 'seller@company.com'
const start = { dateTime: '2026-11-23T10:00:00+03:00', timeZone: 'Europe/Moscow' }
const end = { dateTime: '2026-11-23T10:30:00+03:00', timeZone: 'Europe/Moscow' }
const asked = { timeMin: start.dateTime, timeMax: end.dateTime, items: [{ id: calendarId }] }

test('a calendar that is only readable cannot be written; one that is not shared is not there', async (t) => {
  const { api, sim, close } = await startWithClient()
  t.after(close)
  const insert = (id: string) => api.events.insert({ calendarId, requestBody: { id, start, end } })
  const list = async () => (await api.events.list({ calendarId })).data.accessRole
  await insert('first1')
  assert.equal(await list(), 'owner')
  await sim('POST', 'share', { calendarId, accessRole: 'reader' })
  assert.equal(await list(), 'reader')
  assert.equal(await refusal(insert('second')), '403 requiredAccessLevel')
  const eventId = 'first1'
  assert.equal(
    await refusal(api.events.patch({ calendarId, eventId, requestBody: {} })),
    '403 requiredAccessLevel',
  )
  assert.equal(await refusal(api.events.delete({ calendarId, eventId })), '403 requiredAccessLevel')

  await sim('POST', 'share', { calendarId, accessRole: 'none' })
  assert.equal(await refusal(api.events.get({ calendarId, eventId })), '404 notFound')
  const { data } = await api.freebusy.query({ requestBody: asked })
  assert.deepEqual(data.calendars![calendarId], {
    errors: [{ domain: 'global', reason: 'notFound' }],
    busy: [],
  })
  await sim('POST', 'share', { calendarId, accessRole: 'writer' })
  assert.equal((await insert('third1')).status, 200)
  assert.equal((await sim('POST', 'share', { calendarId, accessRole: 'king' })).status, 400)
})

test('a consent that shrinks, and grows again', async (t) => {
  const { api, sim, close } = await startWithClient()
  t.after(close)
  const query = () => api.freebusy.query({ requestBody: asked })
  await query()
  await sim('POST', 'tokens/scopes', { scopes: ['calendar.events'] })
  assert.equal(await refusal(query()), '403 insufficientPermissions')
  assert.equal((await api.events.list({ calendarId })).status, 200)
  await sim('POST', 'tokens/scopes', { scopes: ['calendar.events', 'calendar.freebusy'] })
  await query()
})

test('a fault may name its reason', async (t) => {
  const { api, sim, close } = await startWithClient()
  t.after(close)
  const match = { path: '/calendar/v3/freeBusy' }
  for (const error of ['quotaExceeded', 'userRateLimitExceeded', 'insufficientPermissions']) {
    await sim('POST', 'faults', { match, fault: { status: 403, error } })
    assert.equal(await refusal(api.freebusy.query({ requestBody: asked })), `403 ${error}`)
  }
})

test('a human takes the time between the check and the insert; both events are there then', async (t) => {
  const { api, sim, close } = await startWithClient()
  t.after(close)
  await sim('POST', 'faults', { match: { kind: 'freeBusy', hours: 0.5 }, fault: { error: 'taken' } })
  const day = { ...asked, timeMax: '2026-11-24T10:00:00+03:00' }
  await api.freebusy.query({ requestBody: day })
  const busy = async () =>
    (await api.freebusy.query({ requestBody: asked })).data.calendars![calendarId]!.busy!
  assert.deepEqual(await busy(), [], 'free when it was asked')
  await api.events.insert({ calendarId, requestBody: { start, end } })
  const { data } = await api.events.list({ calendarId })
  assert.deepEqual(data.items!.map((event) => event.summary).toSorted(), ['Taken', undefined])
  assert.equal((await busy()).length, 1)
})
