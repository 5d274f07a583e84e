import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { Cache } from '../cache/cache.ts'
import { addLead, addMeeting, offerIn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { busyWindow, forgetBusy, readBusy, rememberBusy } from './busy-times.ts'

const app = await startTestApp()
const { db } = app
const olga = 'olga@beacon.example'
const pavel = 'pavel@beacon.example'
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1)
})

const block = { start: '2030-06-03T13:00:00+03:00', end: '2030-06-03T14:00:00+03:00' }
const inUtc = { from: '2030-06-03T10:00:00.000Z', to: '2030-06-03T11:00:00.000Z' }
const answer = { calendars: { [olga]: { busy: [block] }, [pavel]: { busy: [] } } }

test("Google's answer is kept for all sellers, in UTC", async () => {
  assert.equal(await readBusy(app), null)
  const busy = { olga: [inUtc], pavel: [] }
  assert.deepEqual(await rememberBusy(app, answer), busy)
  assert.deepEqual(await readBusy(app), busy)
})

test('a calendar that Google cannot read is not free: its seller is left out, and nothing is kept of it', async () => {
  const partly = {
    calendars: {
      [olga]: { errors: [{ domain: 'global', reason: 'internalError' }], busy: [] },
      [pavel]: { busy: [] },
    },
  }
  assert.deepEqual(await rememberBusy(app, partly), { pavel: [] })
  assert.equal(await readBusy(app), null)
  assert.match(app.logged.join(''), /internalError/)
})

test('a calendar that was not answered is not free', async () => {
  assert.deepEqual(await rememberBusy(app, { calendars: { [pavel]: { busy: [] } } }), { pavel: [] })
  assert.equal(await readBusy(app), null)
  assert.deepEqual(await rememberBusy(app, { calendars: { [olga]: {}, [pavel]: { busy: [] } } }), {
    pavel: [],
  })
  assert.equal(await readBusy(app), null)
})

test('a calendar that is gone is disconnected: its seller is no longer asked for', async () => {
  const errors = [{ domain: 'global', reason: 'notFound' }]
  const partly = { calendars: { [olga]: { errors, busy: [] }, [pavel]: { busy: [] } } }
  assert.deepEqual(await rememberBusy(app, partly), { pavel: [] })
  assert.deepEqual(await readBusy(app), { pavel: [] })
  assert.match(app.logged.join(''), /disconnected.*offer no time/)
})

test('an answer that makes no sense is no answer', async () => {
  for (const nonsense of [
    null,
    'hello',
    {},
    { calendars: [] },
    { calendars: { [olga]: { busy: [{ start: 'soon', end: 'later' }] } } },
  ]) {
    assert.equal(await rememberBusy(app, nonsense), null, JSON.stringify(nonsense))
  }
  assert.equal(await readBusy(app), null)
})

test('our own held, booking and booked times are busy, with their buffers; what is over or given up is not', async () => {
  await rememberBusy(app, { calendars: { [olga]: { busy: [] }, [pavel]: { busy: [] } } })
  const soon = new Date(Date.now() + 600_000)
  const past = new Date(Date.now() - 1000)
  const times = { held: offerIn(1), booking: offerIn(3), booked: offerIn(5) }
  await addMeeting(db, 1, times.held, { status: 'held', hold_until: soon })
  await addMeeting(db, 1, times.booking, { status: 'booking' })
  await addMeeting(db, 1, times.booked, { status: 'booked' })
  await addMeeting(db, 1, offerIn(7), { status: 'held', hold_until: past })
  await addMeeting(db, 1, offerIn(9), { status: 'cancelled' })
  await addMeeting(db, 1, offerIn(11), { status: 'released' })
  await addMeeting(db, 1, offerIn(-48), { status: 'booked' })
  const busy = await readBusy(app)
  // With the buffer of ten minutes behind them.
  const expected = Object.entries(times).map(([status, { start, end }]) => ({
    from: start,
    to: new Date(Date.parse(end) + 600_000).toISOString(),
    ...(status === 'held' && { holdUntil: soon.toISOString() }),
  }))
  assert.deepEqual(
    busy!['olga']!.toSorted((a, b) => a.from.localeCompare(b.from)),
    expected,
  )
  assert.deepEqual(busy!['pavel'], [])
})

test('a forgotten calendar must be asked for again; an inactive seller is not asked for', async () => {
  await rememberBusy(app, answer)
  await forgetBusy(app, olga)
  assert.equal(await readBusy(app), null)
  await db.query(`update sellers set active = false where id = 'olga'`)
  assert.deepEqual(await readBusy(app), { pavel: [] })
})

test('a cache that is away: what Google says is still used', async () => {
  const away = () => Promise.reject(new Error('Redis is away'))
  const cache: Cache = { ...app.cache, get: away, set: away, delete: away }
  const without = { ...app, cache }
  assert.equal(await readBusy(without), null)
  await forgetBusy(without, olga)
  assert.deepEqual(await rememberBusy(without, answer), { olga: [inUtc], pavel: [] })
})

test('the window reaches from now over the horizon, to the end of a day', () => {
  const now = new Date('2030-06-03T08:15:00Z')
  assert.deepEqual(busyWindow({ ...app, now: () => now }), {
    from: '2030-06-03T08:15:00.000Z',
    to: '2030-06-19T00:00:00.000Z',
  })
})
