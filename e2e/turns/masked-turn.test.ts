import type { Turn } from '@lead/contract'
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { journal, startForTest } from '../../simulators/llm/test-world.ts'
import { one } from '../../api/src/database/pool.ts'
import { findLead } from '../../api/src/leads/lead.ts'
import { exampleBusiness } from '../../api/src/testing/business.ts'
import { addInbound, addLead, claimAll, proposal, rowsOf } from '../../api/src/testing/seed.ts'
import { startTestApp } from '../../api/src/testing/test-app.ts'
import { scheduleTurn } from '../../api/src/turns/engine/engine.ts'
import { journalDecision } from '../../api/src/turns/journal-decision.ts'
import { turnContext } from '../../api/src/turns/turn-context.ts'

const app = await startTestApp()
const { db } = app
const masking = { ...app, business: { ...exampleBusiness, privacy: { maskForModels: true } } }
beforeEach(app.wipe)

const planted = ['Ферапонт', '916', 'ferapont@', 'Ордынка', 'ferapont_k']
const words =
  'Это Ферапонт, пишите на ferapont@mail.ru или 8 916 111-22-33, @ferapont_k. Офис: ул. Большая Ордынка, 17'

async function dispatch(): Promise<Turn> {
  await addLead(db, 1, { contact_name: 'Ферапонт', facts: { email: 'ferapont@mail.ru' } })
  await addInbound(db, 1, words)
  await scheduleTurn(db, { leadId: 1, kind: 'answer', quietMs: 0, longestMs: 0 })
  const turn = one({ rows: await claimAll(db) })
  await db.query('update turns set seen_message_id = (select max(id) from messages), seen_at = now()')
  return turnContext(masking, turn, (await findLead(db, 1))!, ['openai'])
}

test('no model reads who the lead is: nothing planted is in what is sent, nor in what the model got', async (t) => {
  const body = await dispatch()
  const sent = JSON.stringify(body)
  for (const word of planted) assert.ok(!sent.includes(word), word)
  const model = await startForTest(t)
  const system = 'Prompt: classifier/2\n\nThe conversation is JSON between <turn> and\n</turn>. Label it.'
  const response = await fetch(`${model.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer sk-test' },
    body: JSON.stringify({
      model: body.models.openai.name,
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: body.classifierPrompt },
      ],
    }),
  })
  assert.equal(response.status, 200)
  const heard = JSON.stringify(await journal(model))
  assert.match(heard, /\[email-1\]/)
  for (const word of planted) assert.ok(!heard.includes(word), word)
})

test('what is decided has the words of the lead; a made-up placeholder is refused', async () => {
  const { turn } = await dispatch()
  const lease = { turnId: turn.id, fencing: turn.fencing }
  const answer = await journalDecision(
    masking,
    lease,
    proposal({ reply: 'Здравствуйте, [name-9]! Что вы ищете?' }),
  )
  assert.equal(answer.outcome, 'again')
  assert.match(answer.problem!, /placeholder that stands for nothing: \[name-9\]/)
  assert.deepEqual(
    await journalDecision(masking, lease, proposal({ reply: 'Здравствуйте, [name-1]! Что вы ищете?' })),
    { outcome: 'accepted' },
  )
  const [row] = await rowsOf<{ reply: string }>(
    db,
    `select decision -> 'sales' ->> 'reply' as reply from turns`,
  )
  assert.equal(row!.reply, 'Здравствуйте, Ферапонт! Что вы ищете?')
})

test('as long as it is not asked for, models read the words as they are', async () => {
  await addLead(db, 1, { contact_name: 'Ферапонт' })
  await addInbound(db, 1, words)
  await scheduleTurn(db, { leadId: 1, kind: 'answer', quietMs: 0, longestMs: 0 })
  const body = await turnContext(app, one({ rows: await claimAll(db) }), (await findLead(db, 1))!, ['openai'])
  for (const word of planted) assert.ok(body.classifierPrompt.includes(word), word)
})
