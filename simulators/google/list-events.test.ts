import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal, startWithClient } from './testing.ts'

const calendarId = 'seller@company.com'
const at = (hour: string) => ({ dateTime: `2026-11-23T${hour}:00+03:00` })

async function started(t: { after: (close: () => Promise<void>) => void }) {
  const google = await startWithClient()
  t.after(google.close)
  const insert = (id: string, from: string, to: string, more: object = {}) =>
    google.api.events.insert({ calendarId, requestBody: { id, start: at(from), end: at(to), ...more } })
  const list = async (query: object = {}) => {
    const { data } = await google.api.events.list({ calendarId, ...query })
    return { ...data, ids: data.items!.map(({ id }) => id) }
  }
  return { ...google, insert, list }
}

test('timeMin looks at the end, timeMax at the start, both bounds outside', async (t) => {
  const { insert, list } = await started(t)
  await insert('first', '09:00', '10:00')
  await insert('second', '10:00', '11:00')
  await insert('third', '11:00', '12:00')
  const { ids } = await list({ timeMin: at('10:00').dateTime, timeMax: at('11:00').dateTime })
  assert.deepEqual(ids, ['second'])
  const { ids: sorted } = await list({ singleEvents: true, orderBy: 'startTime' })
  assert.deepEqual(sorted, ['first', 'second', 'third'])
  assert.equal(await refusal(list({ orderBy: 'startTime' })), '400 badRequest')
  assert.equal(await refusal(list({ timeMin: '2026-11-23' })), '400 badRequest')
})

test('pages, and a sync token on the last one; then deltas with tombstones', async (t) => {
  const { api, insert, list } = await started(t)
  for (const id of ['aaaaa', 'bbbbb', 'ccccc']) await insert(id, '10:00', '11:00')
  const first = await list({ maxResults: 2 })
  assert.deepEqual([first.ids, first.nextSyncToken], [['aaaaa', 'bbbbb'], undefined])
  await insert('ddddd', '10:00', '11:00')
  const second = await list({ maxResults: 2, pageToken: first.nextPageToken })
  assert.equal(second.nextPageToken, undefined)
  const syncToken = second.nextSyncToken!

  const missed = await list({ syncToken })
  assert.ok(missed.ids.includes('ddddd'), 'what came between the pages is in the delta')
  await api.events.delete({ calendarId, eventId: 'aaaaa' })
  const delta = await list({ syncToken: missed.nextSyncToken })
  assert.deepEqual(
    delta.items!.map(({ kind, id, status, start }) => ({ kind, id, status, start })),
    [{ kind: 'calendar#event', id: 'aaaaa', status: 'cancelled', start: undefined }],
  )
  assert.deepEqual((await list({ syncToken: delta.nextSyncToken })).ids, [])
  assert.deepEqual((await list()).ids, ['bbbbb', 'ccccc', 'ddddd'])
  assert.deepEqual((await list({ showDeleted: true })).ids, ['aaaaa', 'bbbbb', 'ccccc', 'ddddd'])
})

test('a page token is good only with what the first page was asked with', async (t) => {
  const { insert, list } = await started(t)
  for (const id of ['aaaaa', 'bbbbb', 'ccccc']) await insert(id, '10:00', '11:00')
  const timeMin = at('09:00').dateTime
  const { nextPageToken: pageToken } = await list({ maxResults: 1, timeMin, showDeleted: true })
  assert.deepEqual((await list({ maxResults: 5, timeMin, showDeleted: true, pageToken })).ids, [
    'bbbbb',
    'ccccc',
  ])
  for (const other of [
    {},
    { timeMin },
    { showDeleted: true },
    { timeMin: at('10:30').dateTime, showDeleted: true },
  ])
    assert.equal(await refusal(list({ maxResults: 1, pageToken, ...other })), '400 invalid')
})

test('an unknown sync token, or one from before a reset, is 410; some parameters exclude it', async (t) => {
  const { sim, list } = await started(t)
  const { nextSyncToken: syncToken } = await list()
  assert.equal(await refusal(list({ syncToken: 'nonsense' })), '410 fullSyncRequired')
  assert.equal(await refusal(list({ syncToken, q: 'x' })), '400 badRequest')
  assert.equal(await refusal(list({ syncToken, timeMin: at('10:00').dateTime })), '400 badRequest')
  assert.equal(await refusal(list({ syncToken, showDeleted: false })), '400 badRequest')
  await sim('POST', 'reset')
  assert.equal(await refusal(list({ syncToken })), '410 fullSyncRequired')
})

test('search by words, by private property and by type', async (t) => {
  const { insert, list } = await started(t)
  await insert('aaaaa', '10:00', '11:00', {
    summary: 'Демо: Анна',
    extendedProperties: { private: { bookingId: '7', leadId: '1' } },
  })
  await insert('bbbbb', '10:00', '11:00', { eventType: 'outOfOffice' })
  assert.deepEqual((await list({ q: 'анна' })).ids, ['aaaaa'])
  assert.deepEqual((await list({ privateExtendedProperty: ['bookingId=7', 'leadId=1'] })).ids, ['aaaaa'])
  assert.deepEqual((await list({ privateExtendedProperty: ['bookingId=7', 'leadId=2'] })).ids, [])
  assert.deepEqual((await list({ eventTypes: ['outOfOffice'] })).ids, ['bbbbb'])
})

test('a series is one event, or its instances; a moved instance keeps its id', async (t) => {
  const { api, insert, list } = await started(t)
  const zoned = (hour: string) => ({ ...at(hour), timeZone: 'Europe/Moscow' })
  await insert('serie', '10:00', '11:00', {
    start: zoned('10:00'),
    end: zoned('11:00'),
    recurrence: ['RRULE:FREQ=DAILY;UNTIL=20261125T070000Z'],
  })
  const ids = ['serie_20261123T070000Z', 'serie_20261124T070000Z', 'serie_20261125T070000Z']
  assert.deepEqual((await list()).ids, ['serie'])
  assert.deepEqual((await list({ singleEvents: true })).ids, ids)
  const moved = await api.events.patch({
    calendarId,
    eventId: ids[1]!,
    requestBody: {
      start: { dateTime: '2026-11-24T15:00:00+03:00' },
      end: { dateTime: '2026-11-24T16:00:00+03:00' },
    },
  })
  assert.deepEqual(
    [moved.data.recurringEventId, moved.data.originalStartTime?.dateTime],
    ['serie', '2026-11-24T10:00:00+03:00'],
  )
  await api.events.delete({ calendarId, eventId: ids[2]! })
  const after = await list({ singleEvents: true, orderBy: 'startTime' })
  assert.deepEqual(
    after.items!.map(({ start }) => start?.dateTime),
    ['2026-11-23T10:00:00+03:00', '2026-11-24T15:00:00+03:00'],
  )
  await api.events.delete({ calendarId, eventId: 'serie' })
  assert.deepEqual((await list({ singleEvents: true })).ids, [])
})
