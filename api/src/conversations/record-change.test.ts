import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { dispatchDueTurns } from '../turns/dispatch-turns.ts'
import { endTurn } from '../turns/engine/engine.ts'
import { journalDecision } from '../turns/journal-decision.ts'
import { addInbound, addLead, proposal, rowsOf, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { recordDeletion, recordEdit } from './record-change.ts'
import { plain, type TelegramMessage } from '../telegram/telegram-message.ts'

const app = await startTestApp()
const { db } = app

beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1, { telegram_user_id: 7000 })
})

/** The lead's message as it stands in Telegram. */
async function said(text: string, messageId = 1): Promise<number> {
  const id = await addInbound(db, 1, text)
  await db.query(
    `update messages set account_id = 'main', peer_id = 7000, channel_message_id = $2 where id = $1`,
    [id, messageId],
  )
  return id
}
const message = (event: 'edited' | 'deleted', text: string, messageId = 1): TelegramMessage => ({
  ...plain,
  accountId: 'main',
  peerId: 7000,
  messageId,
  event,
  text,
  sentAt: new Date().toISOString(),
})
const edit = (text: string) => recordEdit(app, message('edited', text))
const thinking = async () => {
  const lease = await runningTurn(db, 1)
  await db.query('update turns set seen_at = clock_timestamp() where id = $1', [lease.turnId])
  return lease
}
const pending = async () =>
  (await rowsOf<{ kind: string }>(db, `select kind from turns where state = 'pending'`)).map(
    ({ kind }) => kind,
  )
/** The turn's answer was given. */
async function answered() {
  const lease = await thinking()
  assert.deepEqual(await journalDecision(app, lease, proposal()), { outcome: 'accepted' })
  await endTurn(db, lease, 'done')
  await db.query(
    `insert into messages (conversation_id, lead_id, direction, author, text) select id, 1, 'out', 'ai', 'Записала' from conversations`,
  )
}

test('an edit while the model thinks makes the thought old, and the new words are answered', async () => {
  await said('давайте в понедельник в 11')
  const lease = await thinking()
  await edit('давайте в среду в 11')
  assert.deepEqual(await journalDecision(app, lease, proposal()), {
    outcome: 'superseded',
    reason: 'the lead changed their words meanwhile',
  })
  assert.deepEqual(await pending(), ['answer'])
})

test('words taken back while the model thinks are not acted on, and nothing is left to answer', async () => {
  await said('запишите меня на вторник')
  const lease = await thinking()
  await recordDeletion(app, message('deleted', ''))
  assert.equal((await journalDecision(app, lease, proposal())).outcome, 'superseded')
  await db.query(`update turns set run_at = now() where state = 'pending'`)
  await dispatchDueTurns(app)
  const [last] = await rowsOf(db, 'select state, last_error from turns order by id desc limit 1')
  assert.deepEqual(last, { state: 'cancelled', last_error: 'the lead took their words back' })
})

test('an edit after the answer is answered anew when it means something else, and not for a comma', async () => {
  await said('давайте в понедельник в 11')
  await answered()
  await edit('Давайте в понедельник, в 11!')
  assert.deepEqual(await pending(), [])
  await edit('Давайте в среду, в 11!')
  assert.deepEqual(await pending(), ['answer'])
  const notes = await rowsOf(
    db,
    `select from outbox where channel = 'amocrm' and payload ->> 'kind' = 'note'`,
  )
  assert.equal(notes.length, 2)
})
