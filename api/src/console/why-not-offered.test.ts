import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { rememberBusy } from '../calendar/busy-times.ts'
import { startTestApp } from '../testing/test-app.ts'
import { addLead, addMeeting } from '../testing/seed.ts'
import { whyNotOffered } from './why-not-offered.ts'

// A Monday, ten in the morning in Moscow. Olga works 10-13 and 14-19 there, Pavel 10-18 in Yekaterinburg, both on Mondays.
const app = await startTestApp({ now: () => new Date('2031-02-03T07:00:00Z') })
beforeEach(() => app.wipe())

const calendars = { 'olga@beacon.example': { busy: [] }, 'pavel@beacon.example': { busy: [] } }
const ofOlga = async (at: string) =>
  (await whyNotOffered(app, null, { at: new Date(at), sellerId: 'olga' })).sellers

test('each reason is told by the rules of the search itself', async () => {
  await rememberBusy(app, {
    calendars: {
      ...calendars,
      'olga@beacon.example': { busy: [{ start: '2031-02-10T08:00:00Z', end: '2031-02-10T09:00:00Z' }] },
    },
  })
  const times: Record<string, string | null> = {
    '2031-02-03T06:00:00Z': 'past',
    '2031-02-03T07:30:00Z': 'too_soon',
    '2031-02-04T09:00:00Z': 'closed_day',
    '2031-02-10T17:00:00Z': 'outside_hours',
    '2031-02-10T08:00:00Z': 'taken',
    '2031-02-10T12:07:00Z': 'off_grid',
    '2031-12-01T09:00:00Z': 'beyond_horizon',
    '2031-02-10T12:00:00Z': null,
  }
  for (const [at, reason] of Object.entries(times))
    assert.deepEqual(await ofOlga(at), [{ id: 'olga', reason }], at)
})

test('a hold, a calendar that cannot be reached, and what Google was not asked about', async () => {
  assert.deepEqual(await ofOlga('2031-02-10T12:00:00Z'), [{ id: 'olga', reason: 'not_known' }])
  await rememberBusy(app, { calendars })
  await addLead(app.db, 1)
  const start = '2031-02-10T12:00:00.000Z'
  const { id } = await addMeeting(app.db, 1, {
    id: 'held',
    sellerId: 'olga',
    start,
    end: '2031-02-10T12:30:00.000Z',
    label: 'held',
  })
  await app.db.query(
    `update calendar_events set status = 'held', hold_until = '2031-02-03T07:10:00Z' where id = $1`,
    [id],
  )
  assert.deepEqual(await ofOlga(start), [{ id: 'olga', reason: 'held' }])
  await app.db.query(`update sellers set disconnected_at = now() where id = 'olga'`)
  assert.deepEqual(await ofOlga(start), [{ id: 'olga', reason: 'disconnected' }])
})

test('a seller asks about themselves only', async () => {
  const { sellers } = await whyNotOffered(
    app,
    { sellerId: 'pavel', amocrmUserId: -1 },
    { at: new Date('2031-02-10T12:00:00Z') },
  )
  assert.deepEqual(
    sellers.map(({ id }) => id),
    ['pavel'],
  )
})
