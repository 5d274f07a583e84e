import assert from 'node:assert/strict'
import { plain } from '../telegram/telegram-message.ts'
import { beforeEach, test } from 'node:test'
import { addLead, proposal, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { isNearSame } from './near-same.ts'
import { openConversation } from './open-conversation.ts'
import { recordInbound } from './record-inbound.ts'

const app = await startTestApp()
const { db } = app
let place = 10
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1, { telegram_username: 'ivan_p' })
})

/** The lead writes, and unless the assistant is silent we answer. */
async function exchange(
  text: string,
  classification: Partial<NonNullable<ReturnType<typeof proposal>['classification']>> = {},
) {
  place += 1
  await recordInbound(app, {
    ...plain,
    accountId: 'main',
    peerId: 700,
    peerUsername: 'ivan_p',
    messageId: place,
    text,
    sentAt: new Date().toISOString(),
    event: 'new',
  })
  const { rowCount } = await db.query(
    `update turns set state = 'done', finished_at = clock_timestamp(), decision = $1 where lead_id = 1 and state = 'pending'`,
    [
      {
        ...proposal({}, { classification: { ...proposal().classification!, ...classification } }),
        promptVersions: { classifier: null, sales: 'sales/2' },
        origin: 'ai',
      },
    ],
  )
  if (rowCount === 0) return 'silent'
  const { id } = await openConversation(db, { leadId: 1, accountId: 'main', peerId: 700 })
  place += 1
  await db.query(
    `insert into messages (conversation_id, lead_id, direction, author, text, channel_message_id, account_id, peer_id)
     values ($1, 1, 'out', 'ai', 'ok', $2, 'main', 700)`,
    [id, place],
  )
  return 'answered'
}
/** A sentence that no other is nearly the same as. */
const sentence = (words: string[], index: number) =>
  [1, 3, 5, 9].map((step) => words[(index * step + step) % words.length]!.repeat(1 + (step % 2))).join(' ')
const control = async () =>
  (
    await rowsOf<{ control: string; control_source: string }>(db, 'select control, control_source from leads')
  )[0]!
const tasks = async () => (await rowsOf(db, `select from outbox where payload ->> 'kind' = 'task'`)).length

test('an auto-responder is answered twice, then there is silence and one task; other words bring the assistant back', async () => {
  const said = [
    'Я за рулём, отвечу позже',
    'Я за рулем, отвечу позже!',
    'я за рулём, отвечу позже',
    'Я за рулём, отвечу позже',
  ]
  const answers: string[] = []
  for (const text of said) answers.push(await exchange(text))
  assert.deepEqual(answers, ['answered', 'answered', 'silent', 'silent'])
  assert.deepEqual(await control(), { control: 'paused', control_source: 'loop' })
  assert.equal(await tasks(), 1)
  assert.equal(await exchange('Доехал! Давайте завтра в 11'), 'answered')
  assert.equal((await control()).control, 'ai')
})

test('short answers to several questions and a question repeated in a hurry are no loop', async () => {
  for (const text of ['да', 'да', 'да', 'ок', 'ок', 'ок', '+', '+', '+'])
    assert.equal(await exchange(text), 'answered', text)
  assert.equal((await control()).control, 'ai')
})

test('many answers without a step further go to a human, and other words do not bring the assistant back', async () => {
  const words =
    'alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november'.split(' ')
  const answers: string[] = []
  for (const [index] of words.entries()) answers.push(await exchange(sentence(words, index)))
  // A turn that is scheduled while a human holds the lead ends before a model is asked.
  assert.equal(answers.indexOf('silent'), 12)
  assert.deepEqual(await control(), { control: 'human', control_source: 'loop' })
  assert.equal(await tasks(), 1)
})

test('a talk about times is a step further', async () => {
  const words =
    'alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november'.split(' ')
  for (const [index] of words.entries())
    assert.equal(
      await exchange(sentence(words, index), index === 6 ? { timeQuotes: ['tomorrow'] } : {}),
      'answered',
    )
})

test('what is nearly the same', () => {
  assert.ok(isNearSame('Абонент занят, перезвонит в 15:00', 'Абонент занят, перезвонит в 16:30'))
  assert.ok(isNearSame('I am away until 5 May', 'i am away until 7 May.'))
  assert.ok(!isNearSame('Сколько это стоит?', 'Сколько длится внедрение?'))
  assert.ok(!isNearSame('давайте завтра', 'давайте в среду утром'))
})
