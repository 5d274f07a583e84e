import type { GoogleAnswer } from '@lead/contract'
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { advanceBooking } from '../meetings/advance-booking.ts'
import { completeTurn } from '../turns/complete-turn.ts'
import { createServer } from '../http/server.ts'
import { createClient } from '../testing/http-client.ts'
import { addLead, addMeeting, offerIn, proposal, rowsOf, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { journalDecision } from '../turns/journal-decision.ts'
import { sendTurnMessage, updateCrmForTurn } from '../turns/turn-effects.ts'
import { activeSellers, readBusy, rememberBusy } from './busy-times.ts'
import { calendarStates } from './calendar-states.ts'
import { planSync } from './sync-plan.ts'
import { takeBusyAnswer } from './take-busy-answer.ts'
import { takeSyncPage } from './take-sync-page.ts'

const app = await startTestApp()
const { db } = app
const client = createClient(await createServer(app), app.config.apiToken)
const olga = 'olga@beacon.example'
const pavel = 'pavel@beacon.example'
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1)
})

const dead: GoogleAnswer = { status: 0, error: 'The credential "Google Calendar" needs to be reconnected.' }
const refused = (reason: string): GoogleAnswer => ({
  status: 403,
  body: { error: { errors: [{ domain: 'global', reason, message: 'x' }], code: 403, message: 'x' } },
})
const page = (accessRole = 'owner'): GoogleAnswer => ({
  status: 200,
  body: { items: [], nextSyncToken: 't', accessRole },
})
const slot = offerIn(24)
const lost = async () =>
  (await calendarStates(app)).filter((state) => !state.connected).map((state) => state.sellerId)
const said = async () =>
  (await rowsOf<{ text: string }>(db, 'select text from messages order by id')).map((row) => row.text)
const tasks = async () =>
  (
    await rowsOf<{ text: string }>(
      db,
      `select payload ->> 'text' as text from outbox where channel = 'amocrm' and payload ->> 'kind' = 'task' order by id`,
    )
  ).map((row) => row.text)

async function decided(action: 'book' | 'move' | 'cancel') {
  const lease = await runningTurn(db, 1)
  const offerId = action === 'cancel' ? null : slot.id
  const reply = action === 'cancel' ? 'Хорошо, отменяю.' : 'Готово, вы записаны: [MEETING]'
  const answer = await journalDecision(
    app,
    lease,
    proposal({ reply, action, offerId }, { offers: offerId ? [slot] : [] }),
  )
  assert.deepEqual(answer, { outcome: 'accepted' })
  return lease
}
async function finish(lease: Awaited<ReturnType<typeof decided>>): Promise<void> {
  await sendTurnMessage(app, lease)
  await updateCrmForTurn(app, lease)
  assert.equal(await completeTurn(app, lease), true)
}

for (const answer of [dead, refused('insufficientPermissions'), refused('requiredAccessLevel')]) {
  const what = answer.error ?? JSON.stringify(answer.body)
  test(`access ends while booking (${what.slice(0, 70)}): never "booked", a human confirms`, async () => {
    const lease = await decided('book')
    assert.equal((await advanceBooking(app, lease)).next, 'find')
    assert.deepEqual(await advanceBooking(app, lease, answer), { next: 'done' })
    await finish(lease)
    assert.deepEqual(await said(), ['Спасибо! Время подтвердит коллега: он напишет вам в ближайшее время.'])
    const [meeting] = await rowsOf(db, 'select status from calendar_events')
    assert.equal(meeting!['status'], 'released', 'the time is free for others')
    const [lead] = await rowsOf(db, 'select control, stage from leads')
    assert.equal(lead!['control'], 'human')
    assert.notEqual(lead!['stage'], 'booked')
    const [task, ...others] = await tasks()
    assert.equal(others.length, 0)
    assert.match(task!, /Google Календарь недоступен.*Клиент выбрал: .+/)
    assert.match(app.logged.join(''), /"level":50.*disconnected/)
    assert.ok((await lost()).includes('olga'))
  })
}

test('in English, and for a move: the meeting stays where it was', async () => {
  await db.query(`update leads set language = 'en'`)
  const meeting = await addMeeting(db, 1, offerIn(48))
  const lease = await runningTurn(db, 1)
  const classification = { ...proposal().classification!, language: 'en' as const }
  const moving = proposal(
    { reply: 'Moved: [MEETING]', action: 'move', offerId: slot.id },
    { offers: [slot], classification },
  )
  assert.equal((await journalDecision(app, lease, moving)).outcome, 'accepted')
  await advanceBooking(app, lease)
  assert.equal((await advanceBooking(app, lease, dead)).next, 'done')
  await finish(lease)
  assert.deepEqual(await said(), ['Thank you! A colleague will confirm the time and write to you shortly.'])
  const [row] = await rowsOf(db, 'select status, starts_at from calendar_events')
  assert.deepEqual(row, { status: 'booked', starts_at: meeting.starts_at })
})

test('a cancellation that cannot be made is not said to be made', async () => {
  await addMeeting(db, 1, slot)
  const lease = await decided('cancel')
  await advanceBooking(app, lease)
  assert.equal((await advanceBooking(app, lease, dead)).next, 'done')
  await finish(lease)
  assert.deepEqual(await said(), ['Хорошо, передаю коллеге: он подтвердит отмену встречи.'])
  assert.equal((await rowsOf(db, 'select status from calendar_events'))[0]!['status'], 'booked')
})

test('a quota and a 429 mean nothing for access: the turn is tried again, with growing pauses', async () => {
  const lease = await decided('book')
  await advanceBooking(app, lease)
  for (const answer of [refused('rateLimitExceeded'), refused('quotaExceeded'), { status: 429 }])
    assert.equal((await advanceBooking(app, lease, answer)).next, 'stop')
  assert.deepEqual(await lost(), [])
  assert.equal((await rowsOf(db, 'select status from calendar_events'))[0]!['status'], 'booking')
})

test('a dead credential is the end of every calendar; any that can be read brings them all back', async () => {
  await takeSyncPage(app, olga, dead)
  assert.deepEqual(await lost(), ['olga', 'pavel'])
  assert.deepEqual(await activeSellers(app), [])
  assert.deepEqual(await readBusy(app), {}, 'known to be nothing: Google is not asked in vain')
  assert.equal((await planSync(app)).length, 2, 'the sync goes on asking')
  await takeSyncPage(app, olga, dead)
  const noted = await rowsOf(db, `select from audit_log where action = 'calendar.disconnected'`)
  assert.equal(noted.length, 1, 'noted once')
  await takeSyncPage(app, pavel, page())
  assert.deepEqual(await lost(), [])
})

test('one calendar that is gone or only readable: its seller offers nothing, the other does', async () => {
  const free = { calendars: { [olga]: { busy: [] }, [pavel]: { busy: [] } } }
  await rememberBusy(app, free)
  for (const answer of [{ status: 404 }, page('reader'), refused('forbidden')]) {
    await takeSyncPage(app, pavel, answer)
    assert.deepEqual(await lost(), ['pavel'])
    await takeSyncPage(app, olga, page())
    assert.deepEqual(await lost(), ['pavel'], 'another calendar says nothing about this one')
    assert.deepEqual(Object.keys((await readBusy(app))!), ['olga'])
    await takeSyncPage(app, pavel, page('writer'))
    assert.deepEqual(await lost(), [])
  }
  await takeSyncPage(app, pavel, { status: 503 })
  await takeSyncPage(app, pavel, refused('userRateLimitExceeded'))
  assert.deepEqual(await lost(), [])
})

test('a token without the scope for freeBusy: lost until the next start, which brings a new token', async () => {
  assert.equal(await takeBusyAnswer(app, refused('insufficientPermissions')), null)
  assert.deepEqual(await lost(), ['olga', 'pavel'])
  await takeSyncPage(app, olga, page())
  assert.deepEqual(await lost(), ['olga', 'pavel'], 'the sync needs another scope: it proves nothing')
  const { saveSellers } = await import('../leads/save-sellers.ts')
  await saveSellers(app)
  assert.deepEqual(await lost(), [])
})

test('no calendar at all, and the lead wants a time: whatever the model says, a human confirms', async () => {
  await takeSyncPage(app, olga, dead)
  for (const [leadId, wanted] of Object.entries({
    2: proposal({ reply: 'Вы записаны на четверг!' }, { classification: intent('picks_time') }),
    3: proposal({ reply: 'Давайте: [TIMES]', action: 'offer_times' }),
    4: proposal({ reply: 'Отменила.' }, { classification: intent('cancel') }),
  })) {
    await addLead(db, Number(leadId))
    const lease = await runningTurn(db, Number(leadId))
    assert.equal((await journalDecision(app, lease, wanted)).outcome, 'accepted')
    assert.deepEqual(await advanceBooking(app, lease), { next: 'done' })
    await finish(lease)
    const [lead] = await rowsOf(db, 'select control from leads where id = $1', [leadId])
    assert.equal(lead!['control'], 'human')
  }
  for (const text of await said()) assert.match(text, /коллега|коллеге/)
  const lease = await runningTurn(db, 1)
  await journalDecision(app, lease, proposal({ reply: 'Расскажите о задаче.' }))
  await sendTurnMessage(app, lease)
  assert.equal((await said()).at(-1), 'Расскажите о задаче.', 'other talk goes on')
})
const intent = (name: 'picks_time' | 'cancel') => ({ ...proposal().classification!, intent: name })

test('n8n reports a dead credential instead of busy times: the turn goes on at once, without them', async () => {
  const lease = await runningTurn(db, 1)
  const report = { ...lease, reason: dead.error, service: 'google' }
  await client.post(`/turns/${lease.turnId}/failure`, { ...report, service: 'models' })
  assert.deepEqual(await lost(), [], 'what a model or a person wrote proves nothing')
  assert.equal((await client.post(`/turns/${lease.turnId}/failure`, report)).status, 200)
  assert.deepEqual(await lost(), ['olga', 'pavel'])
  const [turn] = await rowsOf<{ soon: boolean; state: string }>(
    db,
    `select state, lease_until < now() + interval '2 s' as soon from turns`,
  )
  assert.deepEqual(turn, { state: 'running', soon: true })
})

test('/ready and /calendars show it', async () => {
  assert.deepEqual((await client.ask('GET', '/ready')).body['calendars'], { ok: true })
  await takeSyncPage(app, pavel, { status: 404 })
  const ready = await client.ask('GET', '/ready')
  assert.equal(ready.status, 200, 'conversations go on')
  assert.equal((ready.body['calendars'] as { ok: boolean }).ok, false)
  assert.match((ready.body['calendars'] as { detail: string }).detail, /^pavel: .*404/)
  const { calendars } = (await client.ask('GET', '/calendars')).body as {
    calendars: { sellerId: string; connected: boolean; reason: string | null }[]
  }
  assert.deepEqual(
    calendars.map(({ sellerId, connected }) => [sellerId, connected]),
    [
      ['olga', true],
      ['pavel', false],
    ],
  )
})
