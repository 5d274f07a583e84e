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
  return turnContext(app, turn, (await findLead(app.db, leadId))!, ['openai', 'anthropic'])
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

test('the models are told who said each line: the lead, the assistant, or a human of ours', async () => {
  await addLead(app.db, 1)
  const lines = [
    ['ai', 'Здравствуйте! Я ассистент Ольги'],
    ['lead', 'Добрый день'],
    ['human', 'Это Ольга, пишу сама'],
    ['system', 'Время подтвердит коллега'],
  ] as const
  await addInbound(app.db, 1, 'Привет')
  for (const [author, text] of lines)
    await app.db.query(
      `insert into messages (conversation_id, lead_id, direction, author, text)
       select conversation_id, lead_id, $2, $1, $3 from messages where lead_id = 1 limit 1`,
      [author, author === 'lead' ? 'in' : 'out', text],
    )
  const id = 'select id from messages where text = $1'
  await app.db.query(
    `insert into turns (lead_id, kind, state, run_at, seen_message_id, seen_at)
     values (1, 'answer', 'done', now(), (${id}), now())`,
    ['Добрый день'],
  )
  const { brief } = await contextOf(1)
  assert.deepEqual(
    brief.history.map(({ from, text }) => [from, text]),
    [
      ['lead', 'Привет'],
      ['assistant', 'Здравствуйте! Я ассистент Ольги'],
      ['lead', 'Добрый день'],
      ['seller', 'Это Ольга, пишу сама'],
      ['assistant', 'Время подтвердит коллега'],
    ],
  )
})
