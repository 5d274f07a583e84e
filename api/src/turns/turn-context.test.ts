import { turnSchema } from '@lead/contract'
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { one } from '../database/pool.ts'
import { findLead } from '../leads/lead.ts'
import { addInbound, addLead, addMeeting, claimAll, offerIn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { scheduleTurn } from './engine/engine.ts'
import { turnContext } from './turn-context.ts'

const app = await startTestApp()
beforeEach(app.wipe)

async function contextOf(leadId: number) {
  await scheduleTurn(app.db, { leadId, kind: 'answer', quietMs: 0, longestMs: 0 })
  const turn = one({ rows: await claimAll(app.db) })
  return turnContext(app, turn, (await findLead(app.db, leadId))!)
}

test('a dispatched turn is what the contract says, and nothing besides', async () => {
  await addLead(app.db, 1)
  await addInbound(app.db, 1, 'Здравствуйте, когда можно созвониться?')
  const bare = await contextOf(1)
  assert.deepEqual(turnSchema.parse(bare), bare)

  await addLead(app.db, 2, { language: 'en', time_zone: 'Europe/Lisbon' })
  await addMeeting(app.db, 2, offerIn(30))
  const booked = await contextOf(2)
  assert.deepEqual(turnSchema.parse(booked), booked)
  assert.ok(booked.brief.meeting && booked.calendar.meeting)
})
