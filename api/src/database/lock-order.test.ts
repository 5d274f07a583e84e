import type { TurnLease } from '@lead/contract'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { followCalendar } from '../calendar/follow-calendar.ts'
import { recordInbound } from '../conversations/record-inbound.ts'
import { telegramMessageSchema } from '../telegram/telegram-message.ts'
import { setControl } from '../leads/set-control.ts'
import { addLead, addMeeting, claimAll, offerIn, proposal, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { completeTurn } from '../turns/complete-turn.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { giveBackTurn } from '../turns/give-back-turn.ts'
import { journalDecision } from '../turns/journal-decision.ts'
import { sendTurnMessage, updateCrmForTurn } from '../turns/turn-effects.ts'
import { inTransaction, openDatabase } from './pool.ts'

const rounds = 20
const leads = [1, 2, 3]
const app = await startTestApp()
// What waits for a lock waits on a connection of its own.
const db = openDatabase(app.db.options.connectionString!, 40)
db.on('error', () => {})
const busy = { ...app, db, now: () => new Date() }

let lastMessage = 0
const write = (leadId: number, outgoing = false) =>
  recordInbound(
    busy,
    telegramMessageSchema.parse({
      accountId: 'main',
      peerId: 7000 + leadId,
      peerUsername: `person${leadId}`,
      peerPhone: null,
      messageId: ++lastMessage,
      outgoing,
      text: `Message ${lastMessage}`,
      sentAt: new Date().toISOString(),
    }),
  )

/** A whole turn as n8n reports it, or its failure. */
async function report(lease: TurnLease, round: number): Promise<void> {
  await journalDecision(busy, lease, proposal())
  await sendTurnMessage(busy, lease)
  await updateCrmForTurn(busy, lease)
  if (round % 5 === 0) await giveBackTurn(busy, lease, 'n8n says no')
  else await completeTurn(busy, lease)
}

test('what ends a turn and what a person does at the same moment never wait for each other in a circle', async () => {
  try {
    for (const id of leads) {
      await addLead(db, id, { telegram_username: `person${id}`, stage: 'contacted' })
      await addMeeting(db, id, offerIn(30 + id))
    }
    for (let round = 0; round < rounds; round++) {
      await db.query(`update leads set control = 'ai'`)
      for (const id of leads) {
        await write(id)
        await scheduleTurn(db, { leadId: id, kind: 'answer', quietMs: 0, longestMs: 0 })
      }
      await db.query(`update turns set run_at = now() where state = 'pending'`)
      await db.query(`update turns set lease_until = now() where state = 'running'`)
      const turns = await claimAll(db)
      await db.query(
        `update turns set seen_message_id = (select max(id) from messages m where m.lead_id = turns.lead_id) where state = 'running'`,
      )
      assert.equal(turns.length, leads.length)
      const meetings = await rowsOf<{ google_event_id: string; starts_at: Date; ends_at: Date }>(
        db,
        `select * from calendar_events where status = 'booked'`,
      )
      await Promise.all([
        ...turns.map(({ id, fencing }) => report({ turnId: id, fencing }, round)),
        ...leads.flatMap((id) => [write(id), write(id), write(id, round % 7 === 0)]),
        ...leads.map((id) =>
          inTransaction(db, (tx) =>
            setControl(tx, id, {
              control: round % 2 === 0 ? 'human' : 'ai',
              source: 'operator',
              by: 'Anna',
              reason: 'mine',
            }),
          ),
        ),
        ...meetings.map(({ google_event_id: id, starts_at, ends_at }) =>
          followCalendar(busy, {
            id,
            gone: false,
            etag: `${round}`,
            createdAt: null,
            updatedAt: null,
            leadId: null,
            at: {
              startsAt: new Date(starts_at.getTime() + 60_000),
              endsAt: new Date(ends_at.getTime() + 60_000),
            },
            meetLink: null,
            declined: [],
          }),
        ),
      ])
    }
    await db.query('select pg_stat_force_next_flush()')
    const [stat] = await rowsOf<{ deadlocks: number }>(
      db,
      'select deadlocks from pg_stat_database where datname = current_database()',
    )
    assert.equal(stat!.deadlocks, 0)
  } finally {
    await db.end()
  }
})
