import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { recordInbound } from '../conversations/record-inbound.ts'
import { telegramMessageSchema } from '../telegram/telegram-message.ts'
import { exampleBusiness } from '../testing/business.ts'
import { addInbound, addLead, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { dispatchDueTurns } from '../turns/dispatch-turns.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'

const app = await startTestApp({
  business: { ...exampleBusiness, perLeadAndHour: { messages: 5, files: 3, modelCalls: 6 } },
})
const { db } = app
beforeEach(async () => {
  await app.wipe()
  for (const id of [1, 2])
    await addLead(db, id, { telegram_username: `lead_${id}`, telegram_user_id: 700 + id })
})

let messageId = 0
const say = (leadId: number, rest: Record<string, unknown> = {}) =>
  recordInbound(
    app,
    telegramMessageSchema.parse({
      accountId: 'main',
      peerId: 700 + leadId,
      peerUsername: `lead_${leadId}`,
      peerPhone: null,
      messageId: ++messageId,
      outgoing: false,
      text: `line ${messageId}`,
      sentAt: new Date().toISOString(),
      ...rest,
    }),
  )
const tasks = () =>
  rowsOf<{ lead_id: number; text: string }>(
    db,
    `select lead_id, payload ->> 'text' as text from outbox where payload ->> 'kind' = 'task' order by id`,
  )
const endTurns = () =>
  db.query(`update turns set state = 'done', finished_at = now() where state in ('pending', 'running')`)
const minutesToTurn = async (leadId: number) =>
  (
    await rowsOf<{ minutes: number }>(
      db,
      `select extract(epoch from run_at - now())::float8 / 60 as minutes from turns where lead_id = $1 and state = 'pending'`,
      [leadId],
    )
  )[0]?.minutes

test('messages beyond the cap are kept and answered later; a human is told once; nobody else waits', async () => {
  for (let count = 0; count < 5; count++) await say(1)
  assert.ok((await minutesToTurn(1))! < 1)
  await endTurns()
  for (let count = 0; count < 20; count++) await say(1)
  assert.equal((await rowsOf(db, 'select from messages where lead_id = 1')).length, 25)
  const wait = (await minutesToTurn(1))!
  assert.ok(wait > 55 && wait <= 60, String(wait))
  const told = await tasks()
  assert.deepEqual(
    told.map((task) => task.lead_id),
    [1],
  )
  assert.match(told[0]!.text, /больше 5 сообщений/)
  await say(2)
  assert.ok((await minutesToTurn(2))! < 1)
})

test('an answer that is due already takes the excess in, and is not put off', async () => {
  for (let count = 0; count < 10; count++) await say(1)
  assert.ok((await minutesToTurn(1))! < 1)
})

test('who says stop beyond the cap is heard at once', async () => {
  for (let count = 0; count < 8; count++) await say(1)
  await say(1, { text: 'стоп' })
  assert.equal((await rowsOf(db, 'select from leads where id = 1 and opted_out_at is not null')).length, 1)
})

test('files beyond the cap are fetched later', async () => {
  for (let count = 0; count < 5; count++) await say(1, { kind: 'photo', text: '', media: { size: 5 } })
  const waits = await rowsOf<{ later: boolean }>(
    db,
    `select run_at > now() + interval '50 minutes' as later from message_files order by message_id`,
  )
  assert.deepEqual(
    waits.map(({ later }) => later),
    [false, false, false, true, true],
  )
  assert.ok((await tasks()).some(({ text }) => /больше 3 файлов/.test(text)))
})

test('the models are not asked beyond the cap: the turn waits until there is room', async () => {
  await addInbound(db, 1, 'Здравствуйте')
  await db.query(
    `insert into turns (lead_id, kind, run_at, state, attempts, refusals, finished_at)
     select 1, 'answer', now(), 'done', 1, 0, now() - n * interval '10 minutes' from generate_series(1, 3) n`,
  )
  await scheduleTurn(db, { leadId: 1, kind: 'answer', quietMs: 0, longestMs: 0 })
  await scheduleTurn(db, { leadId: 2, kind: 'answer', quietMs: 0, longestMs: 0 })
  await dispatchDueTurns(app)
  const wait = (await minutesToTurn(1))!
  assert.ok(wait > 28 && wait <= 31, String(wait))
  assert.deepEqual(await rowsOf(db, `select attempts from turns where lead_id = 1 and state = 'pending'`), [
    { attempts: 0 },
  ])
  assert.match((await tasks())[0]!.text, /6 обращений/)
  // Nobody listens at n8n's address: the other lead's turn was sent there all the same.
  assert.match(
    (await rowsOf<{ last_error: string }>(db, 'select last_error from turns where lead_id = 2'))[0]!
      .last_error,
    /n8n was not reached/,
  )
})
