import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import type { WorkMode } from '../settings/business.ts'
import { workMode } from '../settings/business.ts'
import { inTransaction } from '../database/pool.ts'
import { advanceBooking } from '../meetings/advance-booking.ts'
import { deliverDue } from '../outbox/deliver.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { addInbound, addLead, offerIn, proposal, rowsOf, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { dispatchDueTurns } from '../turns/dispatch-turns.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { journalDecision } from '../turns/journal-decision.ts'
import { listTurns } from '../turns/manage-turns.ts'
import { sendTurnMessage, updateCrmForTurn } from '../turns/turn-effects.ts'
import { followTags } from './follow-tags.ts'
import { findLead, requireLead } from './lead.ts'

const live = await startTestApp()
const { db } = live
const appIn = (mode: WorkMode) => ({ ...live, mode })
beforeEach(live.wipe)

/** A whole turn that books, as n8n reports it, and all deliveries. @returns what would have gone out */
async function book(app: typeof live, leadId: number) {
  await addInbound(db, leadId, 'Давайте завтра')
  const lease = await runningTurn(db, leadId)
  const slot = offerIn(30)
  const wanted = { action: 'book' as const, offerId: slot.id, reply: 'Записала вас: [MEETING]' }
  const answer = await journalDecision(app, lease, proposal(wanted, { offers: [slot] }))
  assert.equal(answer.outcome, 'accepted', JSON.stringify(answer))
  const step = await advanceBooking(app, lease)
  await sendTurnMessage(app, lease)
  await updateCrmForTurn(app, lease)
  const out: string[] = []
  const deliver = async (row: { id: number }) => {
    out.push(`row ${row.id}`)
    return { outcome: 'done' as const }
  }
  while (await deliverDue(app, 'telegram', deliver, ['main'])) continue
  while (await deliverDue(app, 'amocrm', deliver)) continue
  return { step: step.next, out }
}

test('shadow: the turn is thought to its end; nothing is sent, booked or written, and what would have been is listed', async () => {
  await addLead(db, 1)
  const { step, out } = await book(appIn('shadow'), 1)
  assert.deepEqual([step, out], ['done', []])
  assert.deepEqual(await rowsOf(db, 'select status from calendar_events'), [{ status: 'released' }])
  assert.deepEqual(await rowsOf(db, `select distinct state, last_error from outbox`), [
    { state: 'cancelled', last_error: 'only thought (`mode: shadow` in config/business.yaml)' },
  ])
  assert.deepEqual(await rowsOf(db, 'select stage from leads'), [{ stage: 'new' }])
  const [would] = await listTurns(db, 'shadow')
  assert.deepEqual(
    [would?.decided?.action, would?.decided?.time, would?.decided?.reply],
    ['book', 'time +30', 'Записала вас: [MEETING]'],
  )
})

test('live: the same turn goes out', async () => {
  await addLead(db, 1)
  const { step, out } = await book(live, 1)
  assert.equal(step, 'find')
  assert.ok(out.length >= 2)
  assert.deepEqual(await listTurns(db, 'shadow'), [])
})

describe('guests', () => {
  const app = appIn('guests')

  test('a lead with the tag or a phone of the list is worked; any other is not thought about, written to or written', async () => {
    await addLead(db, 1, { has_guest_tag: true })
    await addLead(db, 2, { phones: ['+79160000001'] })
    await addLead(db, 3, { phones: ['+79160000002'] })
    assert.ok((await book(app, 1)).out.length >= 2)
    await db.query('delete from calendar_events')
    await db.query(`update turns set state = 'done'`)
    assert.ok((await book(app, 2)).out.length >= 2)
    await db.query('delete from calendar_events')
    await db.query(`update turns set state = 'done'`)
    // Even what was under way before the mode was changed.
    const { step, out } = await book(app, 3)
    assert.deepEqual([step, out], ['done', []])
    await scheduleTurn(db, { leadId: 3, kind: 'answer', quietMs: 0, longestMs: 0 })
    await db.query(`update turns set state = 'done' where state = 'running'`)
    await dispatchDueTurns(app)
    const [turn] = await rowsOf(db, 'select state, last_error from turns where lead_id = 3 order by id desc')
    assert.equal(turn!['state'], 'cancelled')
    assert.match(String(turn!['last_error']), /not a guest/)
  })

  test('what a human of ours writes goes out to anybody', async () => {
    await addLead(db, 3)
    await queueMessage(db, { leadId: 3, turnId: null, author: 'human', text: 'Добрый день', key: 'mine' })
    let sent = 0
    await deliverDue(app, 'telegram', async () => ((sent += 1), { outcome: 'done' }), ['main'])
    assert.equal(sent, 1)
  })

  test('the tag on a card makes a guest, with whom is begun at once; taken off, the lead is none', async () => {
    await addLead(db, 1)
    const follow = (...tags: string[]) =>
      inTransaction(db, async (tx) =>
        followTags(app, tx, await requireLead(findLead(tx, 1)), {
          _embedded: { tags: tags.map((name) => ({ name })) },
        } as never),
      )
    await follow('vip')
    assert.deepEqual(await rowsOf(db, 'select kind from turns'), [])
    await follow('vip', 'ai:guest')
    assert.deepEqual(await rowsOf(db, 'select kind from turns'), [{ kind: 'first_touch' }])
    await follow('vip')
    assert.deepEqual(await rowsOf(db, 'select has_guest_tag from leads'), [{ has_guest_tag: false }])
  })
})

test('without a word on it: live with simulators, guests as soon as cards or messages are real', () => {
  const open = { mode: null }
  assert.equal(workMode(open, { amocrm: true, telegram: true }), 'live')
  assert.equal(workMode(open, { amocrm: false, telegram: true }), 'guests')
  assert.equal(workMode(open, { amocrm: true, telegram: false }), 'guests')
  assert.equal(workMode({ mode: 'live' }, { amocrm: false, telegram: false }), 'live')
  assert.equal(workMode({ mode: 'shadow' }, { amocrm: true, telegram: true }), 'shadow')
})
