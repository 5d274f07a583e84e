import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { inTransaction } from '../database/pool.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { plain, type TelegramMessage } from '../telegram/telegram-message.ts'
import { addLead, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { recordReaction } from './record-reaction.ts'

const app = await startTestApp()
const { db } = app
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1)
})

const thumb = (messageId: number, text = '👍'): TelegramMessage => ({
  ...plain,
  accountId: 'main',
  event: 'reacted',
  peerId: 700,
  messageId,
  text,
  sentAt: '2030-06-03T08:00:00.000Z',
})

/** Words of ours in the chat with the lead; without an id they are on their way. */
async function say(text: string, id: number | null, parts: number[] = []): Promise<void> {
  const { messageId } = await inTransaction(db, (tx) =>
    queueMessage(tx, { leadId: 1, turnId: null, author: 'ai', text, key: text }),
  )
  await db.query(`update conversations set account_id = 'main', peer_id = 700`)
  await db.query(
    `update messages set channel_message_id = $2, part_message_ids = $3,
       account_id = case when $2::bigint is null then null else 'main' end, peer_id = case when $2::bigint is null then null else 700 end
     where id = $1`,
    [messageId, id, parts],
  )
  await db.query(
    `update outbox set state = $2, finished_at = case when $2 = 'done' then now() end where message_id = $1`,
    [messageId, id === null ? 'sending' : 'done'],
  )
}
const kept = () =>
  rowsOf<{ text: string; reply_to: number }>(
    db,
    `select text, reply_to from messages where kind = 'reaction' order by id`,
  )
const pending = async () => (await rowsOf(db, `select from turns where state = 'pending'`)).length

for (const [text, turns] of [
  ['Здравствуйте! Вы оставляли заявку, верно?', 1],
  ['Shall I tell you how it works?', 1],
  ['Здравствуйте! Что подтолкнуло вас оставить заявку?', 0],
  ['Hello! What made you leave a request?', 0],
  ['Спасибо, передам коллегам.', 0],
] as const)
  test(`a thumb on "${text}" ${turns ? 'is an answer' : 'is kept and answers nothing'}`, async () => {
    await say(text, 10)
    assert.equal(await recordReaction(app, thumb(10)), 'kept')
    assert.deepEqual(await kept(), [{ text: '👍', reply_to: 10 }])
    assert.equal(await pending(), turns)
  })

test('a thumb on the second part of a long text is on that text', async () => {
  await say('Долгий рассказ. Записать вас на демонстрацию?', 10, [11])
  assert.equal(await recordReaction(app, thumb(11)), 'kept')
  assert.equal(await pending(), 1)
})

test('the same one again is known before', async () => {
  await say('Всё верно?', 10)
  await recordReaction(app, thumb(10))
  assert.equal(await recordReaction(app, thumb(10)), 'known before')
  assert.equal((await kept()).length, 1)
})

test('on words whose id is not noted yet it is asked about again, and heard then', async () => {
  await say('Записать вас на четверг?', null)
  assert.equal(await recordReaction(app, thumb(10)), 'ask again')
  assert.deepEqual(await kept(), [])
  await db.query(`update messages set channel_message_id = 10, account_id = 'main', peer_id = 700`)
  await db.query(`update outbox set state = 'done', finished_at = now()`)
  assert.equal(await recordReaction(app, thumb(10)), 'kept')
  assert.equal(await pending(), 1)
})

test('on a message that was never kept it is kept, once, and answers nothing', async () => {
  await say('Записать вас на четверг?', 10)
  assert.equal(await recordReaction(app, thumb(5)), 'kept')
  assert.equal(await recordReaction(app, thumb(5)), 'known before')
  assert.deepEqual(await kept(), [{ text: '👍', reply_to: 5 }])
  assert.equal(await pending(), 0)
})

test("a stranger's is nobody's", async () => {
  await say('Записать вас на четверг?', 10)
  assert.equal(await recordReaction(app, { ...thumb(10), peerId: 701 }), 'nobody known')
  assert.deepEqual(await kept(), [])
})
