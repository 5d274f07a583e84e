import type { JournalAnswer } from '@lead/contract'
import assert from 'node:assert/strict'
import { after, beforeEach, describe, test } from 'node:test'
import { inTransaction } from '../database/pool.ts'
import { createServer } from '../http/server.ts'
import { showDraft } from '../console/show-draft.ts'
import { findLead, requireLead } from '../leads/lead.ts'
import { setControl } from '../leads/set-control.ts'
import { cancelOutdatedWords } from '../leads/stop-writing.ts'
import { exampleBusiness } from '../testing/business.ts'
import { signIn } from '../testing/console-client.ts'
import { addInbound, addLead, claimAll, offerIn, proposal, rowsOf, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { journalDecision } from '../turns/journal-decision.ts'
import { sendTurnMessage } from '../turns/turn-effects.ts'
import { approveDraft, rejectDraft } from './decide-draft.ts'
import { waitingDraft } from './draft.ts'
import { suggestReply } from './suggest-reply.ts'

const business = { ...exampleBusiness, approval: { all: true, stages: [] } }
const app = await startTestApp({ business })
const { db } = app
const server = await createServer(app)
after(() => server.close())
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1)
  await addLead(db, 2)
})

const by = 'Ирина'
const offer = offerIn(48)
const booking = () =>
  proposal(
    { action: 'book', offerId: offer.id, reply: 'Записываю: [MEETING]. До встречи!' },
    { offers: [offer] },
  )

/** The lead says something, and the assistant decides. */
async function think(leadId = 1, decided = proposal()): Promise<JournalAnswer> {
  await addInbound(db, leadId, 'Здравствуйте, нужна CRM')
  return journalDecision(app, await runningTurn(db, leadId), decided)
}
const draftOf = async (leadId = 1) => (await waitingDraft(db, leadId))!
const approve = async (leadId = 1, reply: string | null = null) =>
  approveDraft(app, { leadId, draftId: (await draftOf(leadId)).id, by, reply })
const queueOf = async (leadId = 1) =>
  (await rowsOf<{ queue: string }>(db, 'select queue from lead_heads where lead_id = $1', [leadId]))[0]!.queue
const states = () =>
  rowsOf<{ state: string; reason: string | null }>(db, 'select state, reason from drafts order by id')
const said = () =>
  rowsOf<{ text: string }>(db, `select text from messages where direction = 'out' order by id`)
const held = () =>
  rowsOf<{ lead_id: number; status: string }>(db, 'select lead_id, status from calendar_events')
/** What n8n does with a turn that is decided. */
async function carryOut() {
  const [turn] = await claimAll(db)
  assert.ok(turn?.decision)
  const lease = { turnId: turn.id, fencing: turn.fencing }
  assert.deepEqual(await journalDecision(app, lease, proposal({ reply: 'Something else' })), {
    outcome: 'accepted',
  })
  return sendTurnMessage(app, lease)
}

describe('a decision that needs approval', () => {
  test('waits: nothing is said, held or booked; what was heard is known, and the lead needs attention', async () => {
    const facts = { need: 'CRM', budget: null, timeline: null, authority: null, email: null }
    const decided = booking()
    const answer = await think(1, { ...decided, classification: { ...decided.classification!, facts } })
    assert.equal(answer.outcome, 'superseded')
    assert.deepEqual([await said(), await held(), await claimAll(db)], [[], [], []])
    assert.deepEqual(await rowsOf(db, `select facts ->> 'need' as need, control from leads where id = 1`), [
      { need: 'CRM', control: 'ai' },
    ])
    assert.equal(await queueOf(), 'attention')
  })

  test("once let through, its time is held, its words are said once, and the lead is the assistant's", async () => {
    await think(1, booking())
    assert.equal((await approve()).outcome, 'approved')
    assert.deepEqual(await held(), [{ lead_id: 1, status: 'held' }])
    await carryOut()
    const [words, ...others] = await said()
    assert.equal(others.length, 0)
    assert.match(words!.text, /^Записываю: .+ До встречи!$/s)
    assert.equal(await queueOf(), 'waiting')
  })

  test('tapped by many at once, it is carried out once', async () => {
    await think(1, booking())
    const { id: draftId } = await draftOf()
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => approveDraft(app, { leadId: 1, draftId, by, reply: null })),
    )
    assert.deepEqual(answers.map(({ outcome }) => outcome).sort(), ['approved', ...Array(5).fill('gone')])
    assert.equal((await held()).length, 1)
  })

  test('with other words, those are said; the places that it needs must stay', async () => {
    const decided = proposal({ action: 'offer_times', reply: 'Есть время: [TIMES]' }, { offers: [offer] })
    await think(1, decided)
    const refused = await approve(1, 'Есть время, выбирайте')
    assert.equal(refused.outcome, 'refused')
    assert.equal((await approve(1, 'Анна, выбирайте: [TIMES]')).outcome, 'approved')
    await carryOut()
    assert.deepEqual(await said(), [{ text: `Анна, выбирайте: 1) ${offer.label}` }])
  })

  test('newer words of the lead outdate it, also in the moment between', async () => {
    await think()
    await inTransaction(db, (tx) => cancelOutdatedWords(tx, 1))
    assert.deepEqual(await states(), [{ state: 'superseded', reason: 'a newer message came in' }])
    await think(2)
    await addInbound(db, 2, 'И ещё вопрос')
    assert.deepEqual(await approve(2), { outcome: 'outdated', reason: 'a newer message came in' })
    assert.deepEqual(await said(), [])
    assert.equal(await waitingDraft(db, 2), null)
  })

  test('a newer thought takes its place', async () => {
    await think(1, proposal({ reply: 'Первое' }))
    await think(1, proposal({ reply: 'Второе' }))
    assert.deepEqual(
      (await states()).map(({ state }) => state),
      ['superseded', 'waiting'],
    )
    assert.equal((await draftOf()).decision.sales.reply, 'Второе')
  })

  test('while the assistant thinks about newer words it can not be let through', async () => {
    await think()
    const { id: draftId } = await draftOf()
    await runningTurn(db, 1)
    const answer = await approveDraft(app, { leadId: 1, draftId, by, reply: null })
    assert.equal(answer.outcome, 'refused')
  })

  test('a human who takes the lead throws it away; an opt-out too', async () => {
    for (const leadId of [1, 2]) await think(leadId)
    await inTransaction(db, (tx) =>
      setControl(tx, 1, { control: 'human', source: 'operator', by, reason: 'взяла' }),
    )
    await db.query(`update leads set opted_out_at = now(), opted_out_source = 'words' where id = 2`)
    assert.equal(await waitingDraft(db, 1), null)
    assert.deepEqual(await approve(2), { outcome: 'outdated', reason: 'the lead opted out' })
  })

  test('its time was taken meanwhile: nothing is said, and the assistant thinks anew', async () => {
    await think(1, booking())
    await think(2, booking())
    assert.equal((await approve(1)).outcome, 'approved')
    const late = await approve(2)
    assert.equal(late.outcome, 'outdated')
    assert.deepEqual(await held(), [{ lead_id: 1, status: 'held' }])
    const due = await claimAll(db)
    assert.deepEqual(due.map((turn) => [turn.lead_id, turn.decision === null]).sort(), [
      [1, false],
      [2, true],
    ])
  })

  test("two sellers' taps for one time: exactly one gets it", async () => {
    await think(1, booking())
    await think(2, booking())
    const answers = await Promise.all([approve(1), approve(2)])
    assert.deepEqual(answers.map(({ outcome }) => outcome).sort(), ['approved', 'outdated'])
    assert.equal((await held()).length, 1)
  })

  test("rejected, the lead is the human's, with the reason", async () => {
    await think()
    const { id: draftId } = await draftOf()
    assert.equal(await rejectDraft(app, { leadId: 1, draftId, by, reason: 'слишком сухо' }), true)
    assert.equal(await rejectDraft(app, { leadId: 1, draftId, by, reason: 'ещё раз' }), false)
    assert.deepEqual(await rowsOf(db, 'select control, control_by, control_reason from leads where id = 1'), [
      { control: 'human', control_by: by, control_reason: 'rejected: слишком сухо' },
    ])
    assert.deepEqual(await said(), [])
  })

  test('a question whether we shall stop counts as asked only when it was let through', async () => {
    const doubt = proposal()
    const wish = { ...doubt, classification: { ...doubt.classification!, intent: 'opt_out' as const } }
    const asked = async () =>
      (
        await rowsOf<{ asked: boolean }>(
          db,
          'select stop_asked_at is not null as asked from leads where id = 1',
        )
      )[0]!.asked
    await think(1, wish)
    assert.equal(await asked(), false)
    await think(1, wish)
    assert.equal(await asked(), false)
    assert.equal((await approve()).outcome, 'approved')
    assert.equal(await asked(), true)
  })

  test('a question where the invitation goes is shown with the draft, and asked by the turn that is let through', async () => {
    const { classification, ...rest } = booking()
    const facts = { ...classification!.facts, email: 'anna@beacon.example' }
    await addInbound(db, 1, 'Завтра подходит, моя почта anna@beacon.example')
    await journalDecision(app, await runningTurn(db, 1), {
      ...rest,
      classification: { ...classification!, facts },
    })
    const shown = await showDraft(app, await requireLead(findLead(db, 1)))
    assert.match(shown!.text, /anna@beacon\.example/)
    assert.equal((await approve()).outcome, 'approved')
    await carryOut()
    assert.match((await said())[0]!.text, /До встречи!\n\n.*anna@beacon\.example/s)
    await db.query(`update outbox set state = 'done'`)
    await db.query(`update turns set state = 'done'`)
    await think(2)
    await addInbound(db, 1, 'Да, верно')
    await journalDecision(app, await runningTurn(db, 1), proposal())
    assert.deepEqual(await rowsOf(db, 'select confirmed_email as email from leads where id = 1'), [
      { email: 'anna@beacon.example' },
    ])
  })

  test('a question that nobody let through was not asked: a yes to something else confirms no address', async () => {
    const { classification, ...rest } = booking()
    const facts = { ...classification!.facts, email: 'anna@beacon.example' }
    await addInbound(db, 1, 'Моя почта anna@beacon.example')
    await journalDecision(app, await runningTurn(db, 1), {
      ...rest,
      classification: { ...classification!, facts },
    })
    await addInbound(db, 1, 'Да')
    await journalDecision(app, await runningTurn(db, 1), proposal())
    assert.deepEqual(await rowsOf(db, 'select confirmed_email as email from leads where id = 1'), [
      { email: null },
    ])
  })

  test('nothing waits where the assistant only thinks, and what waits from before is not let through', async () => {
    await think(1)
    const shadow = { ...app, mode: 'shadow' } as const
    const { id: draftId } = await draftOf()
    const answer = await approveDraft(shadow, { leadId: 1, draftId, by, reply: null })
    assert.equal(answer.outcome, 'refused')
    await addInbound(db, 2, 'Здравствуйте')
    const lease = await runningTurn(db, 2)
    assert.equal((await journalDecision(shadow, lease, proposal())).outcome, 'accepted')
    assert.equal(await waitingDraft(db, 2), null)
    assert.deepEqual(
      await rowsOf(db, 'select is_shadow as "isShadow" from turns where id = $1', [lease.turnId]),
      [{ isShadow: true }],
    )
  })

  test('a hand-over is said, and the lead handed over, only when it is let through', async () => {
    await think(1, proposal({ action: 'handoff', reply: 'Передаю коллеге.', note: 'Вопрос о договоре' }))
    await approve()
    await carryOut()
    assert.deepEqual(await said(), [{ text: 'Передаю коллеге.' }])
    assert.deepEqual(await rowsOf(db, 'select control, control_source from leads where id = 1'), [
      { control: 'human', control_source: 'decision' },
    ])
  })
})

describe('who needs approval', () => {
  test('the lead decides over its stage, the stage over the business', async () => {
    const { approvalOf } = await import('./needs-approval.ts')
    const rules = (all: boolean, stages: ('new' | 'qualified')[]) => ({
      business: { ...business, approval: { all, stages } },
    })
    const lead = (needs_approval: boolean | null, stage: 'new' | 'qualified' | 'lost') => ({
      needs_approval,
      stage,
    })
    const cases: [boolean, Parameters<typeof rules>, ReturnType<typeof lead>][] = [
      [false, [false, []], lead(null, 'new')],
      [true, [true, []], lead(null, 'lost')],
      [true, [false, ['qualified']], lead(null, 'qualified')],
      [false, [false, ['qualified']], lead(null, 'new')],
      [true, [false, []], lead(true, 'new')],
      [false, [true, ['new']], lead(false, 'new')],
    ]
    for (const [isOn, rule, of] of cases)
      assert.equal(approvalOf(rules(...rule), of).isOn, isOn, JSON.stringify([rule, of]))
  })
})

describe('a suggested reply', () => {
  const take = () =>
    inTransaction(db, (tx) =>
      setControl(tx, 1, { control: 'human', source: 'operator', by, reason: 'взяла' }),
    )
  /** The suggestion that was asked for is thought of. */
  async function suggested() {
    const [turn] = await claimAll(db)
    await db.query(
      `update turns set seen_at = now(), seen_message_id = (select max(id) from messages where lead_id = 1) where id = $1`,
      [turn!.id],
    )
    return journalDecision(app, { turnId: turn!.id, fencing: turn!.fencing }, booking())
  }

  test('is words for the human who has the lead: nothing is said or booked, and nobody can let it through', async () => {
    await addInbound(db, 1, 'Сколько стоит?')
    await take()
    assert.equal(await suggestReply(app, 1), 'asked')
    assert.equal((await suggested()).outcome, 'superseded')
    const draft = await draftOf()
    assert.equal(draft.kind, 'suggestion')
    assert.equal((await approve()).outcome, 'gone')
    assert.deepEqual([await said(), await held()], [[], []])
    assert.equal(
      (await rowsOf<{ control: string }>(db, 'select control from leads where id = 1'))[0]!.control,
      'human',
    )
  })

  test('is not asked for while the assistant has the lead, or after an opt-out', async () => {
    assert.equal(await suggestReply(app, 1), 'the assistant has it')
    await db.query(`update leads set opted_out_at = now(), opted_out_source = 'words' where id = 1`)
    assert.equal(await suggestReply(app, 1), 'opted out')
  })

  test('is gone with the words of the human', async () => {
    const manager = await signIn(app, server, 'manager')
    await addInbound(db, 1, 'Сколько стоит?')
    await take()
    assert.equal((await manager.post('/console/leads/1/suggest')).status, 202)
    await suggested()
    const card = (await manager.get('/console/leads/1')).body as { draft: { kind: string; text: string } }
    assert.equal(card.draft.kind, 'suggestion')
    assert.match(card.draft.text, /^Записываю: \S.+ До встречи!$/)
    assert.equal((await manager.post('/console/leads/1/messages', { text: 'Привет', key: 'k' })).status, 202)
    assert.deepEqual(
      (await states()).map(({ state }) => state),
      ['superseded'],
    )
  })
})

test('in the console: a draft is shown as the lead would read it, and let through by one request', async () => {
  const manager = await signIn(app, server, 'manager')
  await think(1, booking())
  const card = (await manager.get('/console/leads/1')).body as {
    draft: { id: number; text: string; action: string }
  }
  assert.equal(card.draft.action, 'book')
  assert.doesNotMatch(card.draft.text, /\[MEETING\]/)
  const path = `/console/leads/1/drafts/${card.draft.id}/approve`
  assert.equal((await manager.post(path)).status, 200)
  assert.equal((await manager.post(path)).status, 409)
  assert.equal((await manager.post('/console/leads/1/approval', { needs: false })).status, 200)
  const shown = (await manager.get('/console/leads/1')).body as { draft: null; approval: unknown }
  assert.deepEqual([shown.draft, shown.approval], [null, { isOn: false, by: 'lead' }])
})
