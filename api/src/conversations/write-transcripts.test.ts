import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { inTransaction } from '../database/pool.ts'
import { setControl } from '../leads/set-control.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { addInbound, addLead, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { renderTranscript } from './render-transcript.ts'
import { writeTranscripts } from './write-transcripts.ts'

const app = await startTestApp()
const { db } = app
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1, { contact_name: 'Иван' })
})

const say = (text: string, key = text) =>
  inTransaction(db, (tx) => queueMessage(tx, { leadId: 1, turnId: null, author: 'ai', text, key }))
const deliver = (state = 'done') =>
  db.query(`update outbox set state = $1 where channel = 'telegram'`, [state])
const rest = () => db.query(`update messages set created_at = created_at - interval '11 min'`)
const notes = async () =>
  (
    await rowsOf<{ text: string }>(
      db,
      `select payload ->> 'text' as text from outbox where channel = 'amocrm' order by id`,
    )
  ).map(({ text }) => text)

test('a conversation that rests is one note, however many lines it has; each line once', async () => {
  await addInbound(db, 1, 'Здравствуйте')
  await say('Добрый день!')
  await deliver()
  await addInbound(db, 1, 'Сколько стоит?')
  assert.equal(await writeTranscripts(app), 0)
  await rest()
  assert.equal(await writeTranscripts(app), 1)
  const [note, ...others] = await notes()
  assert.deepEqual(others, [])
  const order = [
    'Переписка в Telegram',
    'Иван (клиент): Здравствуйте',
    'Ольга (ассистент): Добрый день!',
    'Иван (клиент): Сколько стоит?',
  ]
  const places = order.map((part) => note!.indexOf(part))
  assert.ok(
    places.every((place, index) => place > (places[index - 1] ?? -1)),
    note,
  )
  assert.equal(await writeTranscripts(app), 0)
  await addInbound(db, 1, 'Алло')
  await rest()
  await writeTranscripts(app)
  const second = (await notes())[1]!
  assert.ok(second.includes('Алло') && !second.includes('Сколько'))
})

test('a take-over writes at once what was said', async () => {
  await addInbound(db, 1, 'Позовите человека')
  await inTransaction(db, (tx) =>
    setControl(tx, 1, { control: 'human', source: 'operator', by: 'Анна', reason: 'беру' }),
  )
  assert.equal(await writeTranscripts(app), 1)
})

test('a line that is on its way is waited for; one that is never said is not told', async () => {
  await addInbound(db, 1, 'Вопрос')
  await say('Ответ')
  await db.query('update leads set transcript_due_at = now()')
  assert.equal(await writeTranscripts(app), 0)
  await deliver('cancelled')
  assert.equal(await writeTranscripts(app), 1)
  assert.ok(!(await notes())[0]!.includes('Ответ'))
})

test('a line that hangs does not hold up the others, and is told when it was said', async () => {
  await addInbound(db, 1, 'Вопрос')
  await say('Ответ')
  await rest()
  assert.equal(await writeTranscripts(app), 1)
  assert.ok(!(await notes())[0]!.includes('Ответ'))
  await deliver()
  assert.equal(await writeTranscripts(app), 1)
  assert.ok((await notes())[1]!.includes('Ответ'))
})

test('a card that is gone gets no note', async () => {
  await addInbound(db, 1, 'Вопрос')
  await rest()
  await db.query('update leads set card_gone_at = now()')
  assert.equal(await writeTranscripts(app), 0)
})

test('a long portion is split between lines, nothing is lost, no character is broken', () => {
  const lines = Array.from({ length: 40 }, (_, index) => ({
    author: 'lead' as const,
    text: `${index}:${'😀'.repeat(index === 7 ? 3000 : 60)}`,
    at: new Date('2030-06-03T08:00:00Z'),
  }))
  const names = { lead: null, seller: 'Olga' }
  const parts = renderTranscript(lines, {
    language: 'en',
    zone: 'Europe/London',
    names,
    summary: 'Asked for a price',
    standing: [],
  })
  assert.ok(parts.length > 1 && parts.every((part) => part.length < 3700))
  assert.ok(parts.every((part) => part.isWellFormed()))
  const emoji = parts.join('').match(/😀/gu)!.length
  assert.equal(emoji, 39 * 60 + 3000)
  assert.match(parts[0]!, /^Conversation in Telegram, 03\/06\/2030 \(Europe\/London\) 1\/\d+\n09:00 Lead: 0:/)
  assert.match(parts.at(-1)!, /Summary: Asked for a price$/)
})
