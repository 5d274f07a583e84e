import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal, startWithClient } from './testing.ts'

const calendarId = 'seller@company.com'
const start = { dateTime: '2026-11-23T10:00:00+03:00', timeZone: 'Europe/Moscow' }
const end = { dateTime: '2026-11-23T11:00:00+03:00', timeZone: 'Europe/Moscow' }

test('an inserted event comes back whole', async (t) => {
  const { api, sim, close } = await startWithClient()
  t.after(close)
  const { data } = await api.events.insert({
    calendarId,
    sendUpdates: 'all',
    requestBody: {
      id: 'abc123',
      summary: 'Демо: Анна',
      start,
      end,
      attendees: [{ email: 'anna@example.com' }],
      extendedProperties: { private: { bookingId: '7', ['k'.repeat(45)]: 'dropped' } },
      transparency: 'opaque',
    },
  })
  const { etag, created, updated, htmlLink, ...rest } = data
  assert.match(etag!, /^"\d+"$/)
  assert.match(created!, /\.000Z$/)
  assert.match(updated!, /\.\d{3}Z$/)
  assert.match(htmlLink!, /^https:\/\//)
  assert.deepEqual(rest, {
    kind: 'calendar#event',
    id: 'abc123',
    status: 'confirmed',
    summary: 'Демо: Анна',
    creator: { email: calendarId, self: true },
    organizer: { email: calendarId, self: true },
    start,
    end,
    iCalUID: 'abc123@google.com',
    sequence: 0,
    attendees: [{ email: 'anna@example.com', responseStatus: 'needsAction' }],
    extendedProperties: { private: { bookingId: '7' } },
    reminders: { useDefault: true },
    eventType: 'default',
  })
  const { body } = await sim('GET', 'journal')
  const { n: _, at: __, ...entry } = body.entries.find((one: { kind: string }) => one.kind === 'event.insert')
  assert.deepEqual(entry, {
    kind: 'event.insert',
    calendarId,
    id: 'abc123',
    start: '2026-11-23T07:00:00Z',
    end: '2026-11-23T08:00:00Z',
    summary: 'Демо: Анна',
    by: 'api',
    status: 'confirmed',
    sendUpdates: 'all',
    attendees: ['anna@example.com'],
  })
})

test('an id stays taken, also after a delete; reviving needs a status', async (t) => {
  const { api, close } = await startWithClient()
  t.after(close)
  const insert = () => api.events.insert({ calendarId, requestBody: { id: 'abc123', start, end } })
  const remove = () => api.events.delete({ calendarId, eventId: 'abc123' })
  const patch = (requestBody: object) => api.events.patch({ calendarId, eventId: 'abc123', requestBody })
  await insert()
  assert.equal(await refusal(insert()), '409 duplicate')
  assert.equal((await remove()).status, 204)
  assert.equal(await refusal(remove()), '410 deleted')
  assert.equal(await refusal(insert()), '409 duplicate')
  assert.equal((await api.events.get({ calendarId, eventId: 'abc123' })).data.status, 'cancelled')
  assert.equal(await refusal(patch({ summary: 'x' })), '410 deleted')
  assert.equal((await patch({ status: 'confirmed' })).data.status, 'confirmed')
  assert.equal(await refusal(api.events.delete({ calendarId, eventId: 'never1' })), '404 notFound')
  assert.equal(await refusal(api.events.get({ calendarId: 'a b@x.com', eventId: 'abc123' })), '404 notFound')
})

test('bad events are refused', async (t) => {
  const { api, close } = await startWithClient()
  t.after(close)
  const day = { date: '2026-11-23' }
  const cases: [requestBody: object, expected: string][] = [
    [{ id: 'xyzw1', start, end }, '400 invalid'],
    [{ id: 'abc', start, end }, '400 invalid'],
    [{ start }, '400 required'],
    [{ end }, '400 required'],
    [{ start: end, end: start }, '400 timeRangeEmpty'],
    [{ start: day, end }, '400 invalid'],
    [{ start: { ...start, timeZone: 'Moscow' }, end }, '400 invalid'],
    [{ start: { dateTime: '2026-11-23T10:00:00' }, end }, '400 invalid'],
    [{ start: { dateTime: 'tomorrow' }, end }, '400 invalid'],
    [{ start, end, attendees: [{ email: 'anna' }] }, '400 invalid'],
    [{ start, end, recurrence: ['RRULE:FREQ=YEARLY'] }, '400 invalid'],
    [{ start: day, end: day, eventType: 'outOfOffice' }, '400 eventTypeRestriction'],
  ]
  for (const [requestBody, expected] of cases)
    assert.equal(
      await refusal(api.events.insert({ calendarId, requestBody })),
      expected,
      JSON.stringify(requestBody),
    )
})

test('patch merges, removes and replaces; update clears; the sequence follows time and place', async (t) => {
  const { api, close } = await startWithClient()
  t.after(close)
  const eventId = 'abc123'
  await api.events.insert({
    calendarId,
    requestBody: {
      id: eventId,
      summary: 'A',
      description: 'B',
      start,
      end,
      attendees: [{ email: 'a@x.com' }, { email: 'b@x.com' }],
      extendedProperties: { private: { a: '1', b: '2' } },
    },
  })
  const patch = async (requestBody: object) =>
    (await api.events.patch({ calendarId, eventId, requestBody })).data
  const first = await patch({
    description: null,
    attendees: [{ email: 'c@x.com' }],
    extendedProperties: { private: { b: null, c: '3' } },
  })
  assert.deepEqual(first.extendedProperties, { private: { a: '1', c: '3' } })
  assert.deepEqual(
    first.attendees?.map(({ email }) => email),
    ['c@x.com'],
  )
  assert.deepEqual([first.summary, first.description, first.sequence], ['A', undefined, 0])

  const moved = await patch({
    start: { dateTime: '2026-11-23T12:00:00+03:00' },
    end: { dateTime: '2026-11-23T13:00:00+03:00' },
  })
  assert.deepEqual([moved.start?.dateTime, moved.sequence], ['2026-11-23T12:00:00+03:00', 1])
  assert.equal(
    await refusal(patch({ start: { date: '2026-11-23' }, end: { date: '2026-11-24' } })),
    '400 invalid',
  )
  const allDay = await patch({
    start: { date: '2026-11-23', dateTime: null, timeZone: null },
    end: { date: '2026-11-24', dateTime: null, timeZone: null },
  })
  assert.deepEqual([allDay.start, allDay.sequence], [{ date: '2026-11-23' }, 2])

  const { data } = await api.events.update({ calendarId, eventId, requestBody: { start, end } })
  assert.deepEqual([data.summary, data.attendees, data.id], [undefined, undefined, eventId])
})

test('etags guard writes and spare reads', async (t) => {
  const { api, sim, close } = await startWithClient()
  t.after(close)
  const eventId = 'abc123'
  const { data } = await api.events.insert({ calendarId, requestBody: { id: eventId, start, end } })
  const same = await api.events.get({ calendarId, eventId }, { headers: { 'If-None-Match': data.etag! } })
  assert.equal(same.status, 304)
  await sim('PATCH', `events/${eventId}`, { summary: 'moved by hand' })
  const stale = { headers: { 'If-Match': data.etag! } }
  assert.equal(
    await refusal(api.events.patch({ calendarId, eventId, requestBody: { summary: 'x' } }, stale)),
    '412 conditionNotMet',
  )
  assert.equal(await refusal(api.events.delete({ calendarId, eventId }, stale)), '412 conditionNotMet')
  const any = { headers: { 'If-Match': '*' } }
  assert.equal((await api.events.delete({ calendarId, eventId }, any)).status, 204)
})

test('a Meet room needs conferenceDataVersion=1, is made once and may be late', async (t) => {
  const { api, sim, close } = await startWithClient()
  t.after(close)
  const conferenceData = {
    createRequest: { requestId: 'r1', conferenceSolutionKey: { type: 'hangoutsMeet' } },
  }
  const insert = async (id: string, conferenceDataVersion: number) =>
    (
      await api.events.insert({
        calendarId,
        conferenceDataVersion,
        requestBody: { id, start, end, conferenceData },
      })
    ).data
  assert.equal((await insert('aaaaa', 0)).conferenceData, undefined)
  const room = await insert('bbbbb', 1)
  assert.match(room.hangoutLink!, /^https:\/\/meet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/)
  assert.equal(room.conferenceData?.createRequest?.status?.statusCode, 'success')
  const patch = async (version: number, data: object | null) => {
    const requestBody = { conferenceData: data } as object
    return (
      await api.events.patch({ calendarId, eventId: 'bbbbb', conferenceDataVersion: version, requestBody })
    ).data
  }
  assert.equal((await patch(1, conferenceData)).hangoutLink, room.hangoutLink)
  assert.equal((await patch(0, null)).hangoutLink, room.hangoutLink)
  assert.equal((await patch(1, null)).hangoutLink, undefined)

  await sim('POST', 'faults', { match: { kind: 'conference' }, fault: { error: 'pending' } })
  assert.equal((await insert('ccccc', 1)).conferenceData?.createRequest?.status?.statusCode, 'pending')
  const get = async () => (await api.events.get({ calendarId, eventId: 'ccccc' })).data
  assert.equal((await get()).hangoutLink, undefined)
  assert.match((await get()).hangoutLink!, /^https:/)
})

test('patching the time and keeping the room: a patch without conferenceData leaves it', async (t) => {
  const { api, close } = await startWithClient()
  t.after(close)
  const requestBody = { id: 'abc123', start, end, conferenceData: { createRequest: { requestId: 'r' } } }
  const { data } = await api.events.insert({ calendarId, conferenceDataVersion: 1, requestBody })
  const patched = await api.events.patch({
    calendarId,
    eventId: 'abc123',
    conferenceDataVersion: 1,
    requestBody: { summary: 'new' },
  })
  assert.equal(patched.data.hangoutLink, data.hangoutLink)
})
