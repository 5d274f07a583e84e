import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal, startWithClient } from './testing.ts'

const id = 'seller@company.com'
const day = { timeMin: '2026-11-23T00:00:00+03:00', timeMax: '2026-11-24T00:00:00+03:00' }
const hours = (from: string, to: string) => ({
  start: `2026-11-23T${from}:00+03:00`,
  end: `2026-11-23T${to}:00+03:00`,
})

test('busy blocks are merged and clipped; free, cancelled and declined ones do not count', async (t) => {
  const { api, sim, close } = await startWithClient()
  t.after(close)
  await sim('POST', 'events', hours('10:00', '11:00'))
  await sim('POST', 'events', hours('10:30', '12:00'))
  await sim('POST', 'events', hours('12:00', '12:30'))
  await sim('POST', 'events', { ...hours('14:00', '15:00'), status: 'tentative' })
  await sim('POST', 'events', { ...hours('16:00', '17:00'), transparency: 'transparent' })
  const declined = [{ email: id, responseStatus: 'declined' }]
  await sim('POST', 'events', { ...hours('17:00', '18:00'), attendees: declined })
  await sim('POST', 'events', { ...hours('20:00', '20:30'), eventType: 'outOfOffice' })
  await sim('POST', 'events', { ...hours('21:00', '21:30'), eventType: 'focusTime' })
  const gone = await sim('POST', 'events', hours('18:00', '19:00'))
  await sim('DELETE', `events/${gone.body.id}`)
  await sim('POST', 'events', { start: '2026-11-23T23:00:00+03:00', end: '2026-11-24T02:00:00+03:00' })

  const requestBody = { ...day, timeZone: 'Europe/Moscow', items: [{ id }, { id: 'primary' }] }
  const { data } = await api.freebusy.query({ requestBody })
  assert.deepEqual([data.timeMin, data.timeMax], ['2026-11-22T21:00:00.000Z', '2026-11-23T21:00:00.000Z'])
  const busy = [
    hours('10:00', '12:30'),
    hours('14:00', '15:00'),
    hours('20:00', '20:30'),
    hours('21:00', '21:30'),
    { start: '2026-11-23T23:00:00+03:00', end: '2026-11-24T00:00:00+03:00' },
  ]
  assert.deepEqual(data.calendars, { [id]: { busy }, primary: { busy } })
  const inUtc = await api.freebusy.query({ requestBody: { ...day, items: [{ id }] } })
  assert.deepEqual(inUtc.data.calendars?.[id]?.busy?.[0], {
    start: '2026-11-23T07:00:00Z',
    end: '2026-11-23T09:30:00Z',
  })
})

test("an all-day event is busy over the calendar's own day", async (t) => {
  const { api, sim, close } = await startWithClient({ calendars: [{ id, timeZone: 'Asia/Tokyo' }] })
  t.after(close)
  await sim('POST', 'events', { start: '2026-11-23', end: '2026-11-24', allDay: true })
  const requestBody = { timeMin: '2026-11-20T00:00:00Z', timeMax: '2026-11-27T00:00:00Z', items: [{ id }] }
  const { data } = await api.freebusy.query({ requestBody })
  assert.deepEqual(data.calendars?.[id]?.busy, [
    { start: '2026-11-22T15:00:00Z', end: '2026-11-23T15:00:00Z' },
  ])
})

test('a weekly meeting keeps its wall clock over a change of clocks, without its exceptions', async (t) => {
  const { api, sim, close } = await startWithClient({ calendars: [{ id, timeZone: 'Europe/Berlin' }] })
  t.after(close)
  const series = await sim('POST', 'events', {
    start: '2026-10-19T10:00:00+02:00',
    end: '2026-10-19T11:00:00+02:00',
    recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=5', 'EXDATE;TZID=Europe/Berlin:20261021T100000'],
  })
  await api.events.delete({ calendarId: id, eventId: `${series.body.id}_20261028T090000Z` })
  const requestBody = { timeMin: '2026-10-01T00:00:00Z', timeMax: '2026-11-30T00:00:00Z', items: [{ id }] }
  const { data } = await api.freebusy.query({ requestBody })
  assert.deepEqual(
    data.calendars?.[id]?.busy?.map(({ start }) => start),
    ['2026-10-19T08:00:00Z', '2026-10-26T09:00:00Z', '2026-11-02T09:00:00Z'],
  )
})

test('a calendar that cannot be read is an error inside an answer of 200', async (t) => {
  const { api, close } = await startWithClient()
  t.after(close)
  const { data } = await api.freebusy.query({ requestBody: { ...day, items: [{ id }, { id: 'x@y.com' }] } })
  assert.deepEqual(data.calendars, {
    [id]: { busy: [] },
    'x@y.com': { errors: [{ domain: 'global', reason: 'notFound' }], busy: [] },
  })
})

test('bad ranges are refused', async (t) => {
  const { api, close } = await startWithClient()
  t.after(close)
  const ask = (requestBody: object) => refusal(api.freebusy.query({ requestBody }))
  const { timeMin, timeMax } = day
  assert.equal(await ask({ timeMax }), '400 required')
  assert.equal(await ask({ timeMin }), '400 required')
  assert.equal(await ask({ timeMin: timeMax, timeMax: timeMin }), '400 timeRangeEmpty')
  assert.equal(await ask({ timeMin, timeMax: '2027-02-23T00:00:00Z' }), '400 timeRangeTooLong')
  assert.equal(await ask({ timeMin: '2026-11-23T00:00:00', timeMax }), '400 badRequest')
})
