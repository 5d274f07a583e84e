import type { Offer } from '@lead/contract'
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { inTransaction } from '../database/pool.ts'
import { addLead, addMeeting, offerIn, rowsOf, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import type { Meeting } from './google-event.ts'
import { holdNewTime, holdSlot } from './hold-slot.ts'

const { db, business, wipe } = await startTestApp()
let turns: number[] = []
beforeEach(async () => {
  await wipe()
  turns = [0]
  for (const id of [1, 2, 3]) {
    await addLead(db, id)
    turns.push((await runningTurn(db, id)).turnId)
  }
})

const hold = (leadId: number, slot: Offer, refusals = 0) =>
  inTransaction(db, (tx) => holdSlot(tx, business, { turnId: turns[leadId]!, refusals, leadId, slot }))
const move = (meeting: Meeting, slot: Offer) =>
  inTransaction(db, (tx) => holdNewTime(tx, business, { turnId: turns[meeting.lead_id]!, meeting, slot }))
const minutesLater = (slot: Offer, minutes: number): Offer => ({
  ...slot,
  start: new Date(Date.parse(slot.start) + minutes * 60_000).toISOString(),
  end: new Date(Date.parse(slot.end) + minutes * 60_000).toISOString(),
})
const statuses = async () =>
  (await rowsOf<{ status: string }>(db, 'select status from calendar_events order by id')).map(
    (row) => row.status,
  )
const slot = offerIn(24)

test('a free time is held for some minutes, with its buffer, under an id that Google takes', async () => {
  const held = await hold(1, slot)
  assert.equal(held!.status, 'held')
  assert.equal(held!.calendar_id, 'olga@beacon.example')
  assert.match(held!.google_event_id, /^[a-v0-9]{5,1024}$/)
  const [row] = await rowsOf(
    db,
    `select extract(epoch from upper(blocked) - ends_at)::int as after, extract(epoch from starts_at - lower(blocked))::int as before,
            extract(epoch from hold_until - now())::float8 as hold from calendar_events`,
  )
  assert.equal(row!['after'], 600)
  assert.equal(row!['before'], 0)
  assert.ok((row!['hold'] as number) > 590 && (row!['hold'] as number) <= 600)
})

test('what overlaps, buffer included, is refused; what begins after the buffer is not', async () => {
  assert.ok(await hold(1, slot))
  for (const minutes of [0, -29, 15, 30, 39, -30, -39])
    assert.equal(await hold(2, minutesLater(slot, minutes)), null, `${minutes} min`)
  assert.ok(await hold(2, minutesLater(slot, 40)))
  assert.ok(await hold(3, minutesLater(slot, -40)))
})

test('another seller has the same time free; an unknown or inactive one has none', async () => {
  assert.ok(await hold(1, slot))
  assert.ok(await hold(2, { ...slot, sellerId: 'pavel' }))
  assert.equal(await hold(3, { ...slot, sellerId: 'nobody' }), null)
  await db.query(`update sellers set active = false`)
  assert.equal(await hold(3, minutesLater(slot, 120)), null)
})

test('a hold that ran out gives way, one that did not stays', async () => {
  await hold(1, slot)
  assert.equal(await hold(2, slot), null)
  await db.query(`update calendar_events set hold_until = now() - interval '1 s'`)
  assert.ok(await hold(2, slot))
  assert.deepEqual(await statuses(), ['expired', 'held'])
})

test('booked and booking times never run out; released and cancelled ones are free', async () => {
  await hold(1, slot)
  for (const status of ['booking', 'booked']) {
    await db.query(`update calendar_events set status = $1, hold_until = now() - interval '1 s'`, [status])
    assert.equal(await hold(2, slot), null, status)
  }
  for (const [refusals, status] of ['released', 'cancelled', 'expired'].entries()) {
    await db.query(`update calendar_events set status = $1`, [status])
    assert.ok(await hold(2, slot, refusals), status)
  }
})

test('of many who want one time at once exactly one gets it', async () => {
  const results = await Promise.all(
    [1, 2, 3, 1, 2, 3].map((leadId, index) => hold(leadId, minutesLater(slot, index), index)),
  )
  assert.equal(results.filter(Boolean).length, 1)
  assert.deepEqual(await statuses(), ['held'])
})

test('a booked meeting is moved in place, also to a time that overlaps its own; the old time is remembered', async () => {
  const meeting = await addMeeting(db, 1, slot)
  const moved = await move(meeting, minutesLater(slot, 15))
  assert.equal(moved!.id, meeting.id)
  assert.equal(moved!.status, 'booking')
  assert.equal(moved!.google_event_id, meeting.google_event_id)
  assert.deepEqual(moved!.previous_starts_at, meeting.starts_at)
  assert.deepEqual(moved!.previous_ends_at, meeting.ends_at)
  assert.equal(moved!.turn_id, turns[1])
})

test('a move to a taken time leaves the meeting where it is, and the transaction usable', async () => {
  const meeting = await addMeeting(db, 1, slot)
  await addMeeting(db, 2, minutesLater(slot, 60))
  const after = await inTransaction(db, async (tx) => {
    assert.equal(
      await holdNewTime(tx, business, { turnId: turns[1]!, meeting, slot: minutesLater(slot, 45) }),
      null,
    )
    return rowsOf<Meeting>(tx, 'select * from calendar_events where id = $1', [meeting.id])
  })
  assert.deepEqual(after, [meeting])
})

test('a move to another seller, or of a meeting that is not booked, is refused', async () => {
  const meeting = await addMeeting(db, 1, slot)
  assert.equal(await move(meeting, { ...minutesLater(slot, 60), sellerId: 'pavel' }), null)
  await db.query(`update calendar_events set status = 'cancelled'`)
  assert.equal(await move(meeting, minutesLater(slot, 60)), null)
})
