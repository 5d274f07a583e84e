import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { findLead } from '../leads/lead.ts'
import { saveSellers } from '../leads/save-sellers.ts'
import { exampleBusiness } from '../testing/business.ts'
import { addLead, addMeeting, claimAll, offerIn, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { turnContext } from '../turns/turn-context.ts'
import { sellerOrder } from './seller-order.ts'

const [olga, pavel] = exampleBusiness.sellers
const zoya = { ...olga!, id: 'zoya', calendar: 'zoya@beacon.example' }
const business = {
  ...exampleBusiness,
  sellers: [{ ...olga!, amocrmUserId: 501 }, { ...pavel!, amocrmUserId: 502 }, zoya],
}
const app = await startTestApp({ business })
const { db } = app
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1)
})

const orderOf = async (leadId: number) => sellerOrder(db, business, (await findLead(db, leadId))!)
/** A meeting of a lead of its own, booked so many minutes ago. */
async function bookedAgo(leadId: number, sellerId: string, minutes: number, status = 'booked') {
  await addLead(db, leadId)
  const { id } = await addMeeting(db, leadId, offerIn(leadId, sellerId), { status: status as 'booked' })
  await db.query(`update calendar_events set created_at = now() - make_interval(mins => $2) where id = $1`, [
    id,
    minutes,
  ])
}

test('sellers take turns: never booked first, then who was booked longest ago', async () => {
  assert.deepEqual(await orderOf(1), { ids: ['olga', 'pavel', 'zoya'], own: null })
  await bookedAgo(11, 'olga', 5)
  await bookedAgo(12, 'pavel', 50)
  assert.deepEqual((await orderOf(1)).ids, ['zoya', 'pavel', 'olga'])
  await bookedAgo(13, 'zoya', 1)
  assert.deepEqual((await orderOf(1)).ids, ['pavel', 'olga', 'zoya'])
})

test('what was given up does not count, and who left is not asked', async () => {
  await bookedAgo(11, 'olga', 5, 'released')
  await bookedAgo(12, 'pavel', 5, 'cancelled')
  await bookedAgo(13, 'zoya', 5, 'expired')
  assert.deepEqual((await orderOf(1)).ids, ['olga', 'pavel', 'zoya'])
  await saveSellers({ ...app, business: { ...business, sellers: business.sellers.slice(1) } })
  assert.deepEqual((await orderOf(1)).ids, ['pavel', 'zoya'])
})

test('the responsible user in amoCRM is the own seller', async () => {
  await addLead(db, 2, { responsible_user_id: 502 })
  await addLead(db, 3, { responsible_user_id: 999 })
  assert.equal((await orderOf(2)).own, 'pavel')
  assert.equal((await orderOf(3)).own, null)
})

test('who met the person stays with them, on another lead too; the responsible user stands before that', async () => {
  await addLead(db, 2, { contact_id: 70 })
  await addLead(db, 3, { contact_id: 70 })
  await addLead(db, 4, { contact_id: 70, responsible_user_id: 501 })
  await addLead(db, 5)
  await addMeeting(db, 2, offerIn(-48, 'zoya'))
  assert.equal((await orderOf(2)).own, 'zoya')
  assert.equal((await orderOf(3)).own, 'zoya')
  assert.equal((await orderOf(4)).own, 'olga')
  assert.equal((await orderOf(5)).own, null)
  await saveSellers({ ...app, business: { ...business, sellers: business.sellers.slice(0, 2) } })
  assert.equal((await orderOf(2)).own, null, 'who left keeps nobody')
})

test('the seller of the booked meeting stands before all', async () => {
  await addLead(db, 2, { responsible_user_id: 501 })
  await addMeeting(db, 2, offerIn(24, 'pavel'))
  assert.equal((await orderOf(2)).own, 'pavel')
})

test('a turn is dispatched with the sellers in this order', async () => {
  await bookedAgo(11, 'olga', 5)
  await addLead(db, 2, { responsible_user_id: 502 })
  await scheduleTurn(db, { leadId: 2, kind: 'answer', quietMs: 0, longestMs: 0 })
  const [turn] = await claimAll(db)
  const { calendar } = await turnContext(app, turn!, (await findLead(db, 2))!, ['openai', 'anthropic'])
  assert.deepEqual(
    calendar.sellers.map(({ id }) => id),
    ['pavel', 'zoya', 'olga'],
  )
  assert.equal(calendar.ownSeller, 'pavel')
})

test('the order is read by an index, however many meetings there were', async () => {
  const indexes = await rowsOf<{ indexname: string }>(
    db,
    `select indexname from pg_indexes where tablename = 'calendar_events'`,
  )
  assert.ok(indexes.some(({ indexname }) => indexname === 'calendar_events_last_of_seller'))
})
