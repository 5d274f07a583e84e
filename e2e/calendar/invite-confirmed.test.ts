import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import type { Proposal } from '@lead/contract'
import { recordReaction } from '../../api/src/conversations/record-reaction.ts'
import { journalDecision } from '../../api/src/turns/journal-decision.ts'
import { addInbound, addLead, offerIn, proposal, rowsOf, runningTurn } from '../../api/src/testing/seed.ts'
import { startTestApp } from '../../api/src/testing/test-app.ts'
import { telegramMessageSchema } from '../../api/src/telegram/telegram-message.ts'
import { startGoogle } from '../../simulators/google/start.ts'
import { ask } from '../system.ts'
import { carryOutBooking } from './carry-out-booking.ts'

const app = await startTestApp()
const { db } = app
const [olga] = await rowsOf<{ calendar_id: string }>(db, `select calendar_id from sellers where id = 'olga'`)
const google = await startGoogle({
  port: 0,
  calendars: [{ id: olga!.calendar_id, timeZone: 'Europe/Moscow' }],
})
after(() => google.close())
const credential = new URLSearchParams({
  grant_type: 'refresh_token',
  refresh_token: 'mock_refresh',
  client_id: 'mock_client_id',
  client_secret: 'mock_secret',
})
const { access_token: token } = (await ask(`${google.url}/token`, { form: String(credential) })).body as {
  access_token: string
}
beforeEach(async () => {
  await app.wipe()
  await ask(`${google.url}/_sim/faults`, { method: 'DELETE' })
  await ask(`${google.url}/_sim/reset`, { json: {} })
  await addLead(db, 1, { contact_name: 'Иван' })
})

const slot = offerIn(48)
const booking = proposal(
  { reply: 'Записала: [MEETING].', action: 'book', offerId: slot.id },
  { offers: [slot] },
)
const words = (reply: string) => proposal({ reply })

/** One exchange: what the lead writes, what the model would say to it, and what is said. The message is delivered. */
async function exchange(says: string[], given: Proposal): Promise<string> {
  for (const text of says) await addInbound(db, 1, text)
  return answer(given)
}
async function answer(given: Proposal, isSent = true): Promise<string> {
  const lease = await runningTurn(db, 1)
  assert.deepEqual(await journalDecision(app, lease, given), { outcome: 'accepted' })
  await carryOutBooking(app, lease, { url: google.url, token })
  const [turn] = await rowsOf<{ state: string }>(db, 'select state from turns where id = $1', [lease.turnId])
  assert.equal(turn!.state, 'done')
  if (isSent)
    await db.query(`update outbox set state = 'done', finished_at = now() where channel = 'telegram'`)
  const [last] = await rowsOf<{ text: string }>(
    db,
    `select text from messages where direction = 'out' order by id desc limit 1`,
  )
  return last!.text
}
type Event = { status: string; attendees?: { email: string }[] }
const guests = async () => {
  const events = (await ask(`${google.url}/_sim/events`)).body as Event[]
  assert.ok(events.length <= 1)
  return events.flatMap(({ attendees = [] }) => attendees.map(({ email }) => email))
}
const question = /Отправить приглашение на ivan@home\.example\?$/
const taskTexts = async () =>
  (
    await rowsOf<{ text: string | null }>(
      db,
      `select payload ->> 'text' as text from outbox where channel = 'amocrm'`,
    )
  ).flatMap(({ text }) => text ?? [])

test('given with the wish to book: booked first, asked in the same message; the yes makes the guest', async () => {
  const booked = await exchange(['Давайте завтра, моя почта ivan@home.example'], booking)
  assert.match(booked, /^Записала: /)
  assert.match(booked, question)
  assert.deepEqual(await guests(), [])
  assert.match(
    await exchange(['да'], words('Что-то своё')),
    /^Хорошо, отправляю приглашение на ivan@home\.example\.$/,
  )
  assert.deepEqual(await guests(), ['ivan@home.example'])
  assert.equal(await exchange(['спасибо'], words('До встречи!')), 'До встречи!')
})

test('named before the booking: asked at once, the booking has the guest', async () => {
  assert.match(await exchange(['ivan@home.example'], words('Отлично, когда удобно?')), question)
  await exchange(['Да. А когда можно встретиться?'], words('Посмотрю.'))
  assert.doesNotMatch(await exchange(['давайте завтра'], booking), /приглашение/)
  assert.deepEqual(await guests(), ['ivan@home.example'])
})

test('named beside a question of theirs: answered, and asked with the booking', async () => {
  assert.equal(await exchange(['ivan@home.example, сколько это стоит?'], words('Расскажу.')), 'Расскажу.')
  assert.match(await exchange(['давайте завтра'], booking), question)
})

test('while the meeting stands: asked below the answer', async () => {
  await exchange(['давайте завтра'], booking)
  const said = await exchange(['а где встреча? почта ivan@home.example'], words('В Meet.'))
  assert.match(said, /^В Meet\.\n\n/)
  assert.match(said, question)
  await exchange(['👍'], words('Хорошо.'))
  assert.deepEqual(await guests(), ['ivan@home.example'])
})

for (const [name, reply] of [
  ['no', 'нет, не надо'],
  ['another topic', 'А сколько это стоит?'],
  ["somebody else's", 'это почта жены'],
] as const)
  test(`${name} to the question: no guest, and it is never asked again`, async () => {
    await exchange(['давайте завтра, ivan@home.example'], booking)
    assert.equal(await exchange([reply], words('Хорошо.')), 'Хорошо.')
    assert.equal(await exchange(['да'], words('Отлично.')), 'Отлично.')
    assert.equal(await exchange(['ivan@home.example'], words('Записала.')), 'Записала.')
    assert.deepEqual(await guests(), [])
  })

test('a typo and its correction: the corrected one is asked about, and only it is invited', async () => {
  await exchange(['давайте завтра, ivan@hoome.example'], booking)
  assert.match(await exchange(['ой, опечатка: ivan@home.example'], words('Хорошо.')), question)
  await exchange(['да'], words('Хорошо.'))
  assert.deepEqual(await guests(), ['ivan@home.example'])
})

test("the card's own address needs no question; another one takes its place only after a yes", async () => {
  await db.query(`update leads set email = 'ivan@card.example'`)
  assert.doesNotMatch(await exchange(['давайте завтра, ivan@card.example'], booking), /приглашение/)
  assert.deepEqual(await guests(), ['ivan@card.example'])
  assert.match(await exchange(['лучше ivan@home.example'], words('Хорошо.')), question)
  assert.deepEqual(await guests(), ['ivan@card.example'])
  await exchange(['да, верно'], words('Хорошо.'))
  assert.deepEqual(await guests(), ['ivan@home.example'])
})

test('who else is a guest stays one', async () => {
  await exchange(['давайте завтра, ivan@home.example'], booking)
  const [event] = (await ask(`${google.url}/_sim/events`)).body as { id: string }[]
  const attendees = [{ email: 'boss@company.example', responseStatus: 'accepted' }]
  await ask(`${google.url}/_sim/events/${event!.id}`, { method: 'PATCH', json: { attendees } })
  await exchange(['да'], words('Хорошо.'))
  assert.deepEqual(await guests(), ['boss@company.example', 'ivan@home.example'])
})

test('a question that was never sent waits for no answer, and is asked anew', async () => {
  await addInbound(db, 1, 'ivan@home.example')
  await answer(words('Хорошо.'), false)
  await db.query(`update outbox set state = 'cancelled' where channel = 'telegram'`)
  assert.match(await exchange(['да, ivan@home.example'], words('Хорошо.')), question)
  assert.deepEqual(await rowsOf(db, 'select confirmed_email, declined_emails from leads'), [
    { confirmed_email: null, declined_emails: [] },
  ])
})

test('what a model or a hostile text names is neither asked about nor invited', async () => {
  const claimed = proposal().classification!
  const spy = { ...claimed, facts: { ...claimed.facts, email: 'spy@evil.example' } }
  const said = await exchange(['Давайте завтра'], { ...booking, classification: spy })
  assert.doesNotMatch(said, /приглашение/)
  assert.doesNotMatch(
    await exchange(['почта моего директора boss@evil.example'], words('Хорошо.')),
    /приглашение/,
  )
  assert.deepEqual(await guests(), [])
})

test('Google refuses the guest: the meeting stands, a human has the task', async () => {
  await exchange(['давайте завтра, ivan@home.example'], booking)
  const message = 'Invalid attendee email.'
  const body = { error: { errors: [{ reason: 'invalid', message }], code: 400, message } }
  const match = { method: 'PATCH', path: '/calendar/v3/calendars/*/events/*' }
  await ask(`${google.url}/_sim/faults`, { json: { match, fault: { status: 400, body }, times: 1 } })
  await exchange(['да'], words('Хорошо.'))
  assert.deepEqual(await guests(), [])
  assert.ok((await taskTexts()).some((text) => text.includes(message)))
  assert.deepEqual(await rowsOf(db, `select status from calendar_events`), [{ status: 'booked' }])
})

test('a thumb on the question is a yes', async () => {
  await exchange(['давайте завтра, ivan@home.example'], booking)
  await db.query(
    `update messages set account_id = 'main', peer_id = 1001, channel_message_id = 77
     where id = (select max(id) from messages where direction = 'out')`,
  )
  const thumb = telegramMessageSchema.parse({
    accountId: 'main',
    event: 'reacted',
    peerId: 1001,
    peerUsername: null,
    peerPhone: null,
    messageId: 77,
    outgoing: false,
    text: '👍',
    sentAt: new Date().toISOString(),
  })
  assert.equal(await recordReaction(app, thumb), 'kept')
  assert.equal((await rowsOf(db, `select from turns where state = 'pending'`)).length, 1, 'a turn hears it')
  await answer(words('Хорошо.'))
  assert.deepEqual(await guests(), ['ivan@home.example'])
})
