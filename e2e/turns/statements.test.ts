import type { CalendarStep, GoogleAnswer, GoogleRequest, Proposal } from '@lead/contract'
import { calendarSteps } from '@lead/contract'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { createAmocrm } from '../../api/src/amocrm/client.ts'
import { createDatabaseGate } from '../../api/src/amocrm/database-gate.ts'
import { deliverUpdate } from '../../api/src/amocrm/deliver-update.ts'
import { createServer } from '../../api/src/http/server.ts'
import { saveItems } from '../../api/src/knowledge/save-items.ts'
import { saveSellers } from '../../api/src/leads/save-sellers.ts'
import { deliverDue } from '../../api/src/outbox/deliver.ts'
import { exampleBusiness } from '../../api/src/testing/business.ts'
import { addLead, offerIn, proposal, rowsOf } from '../../api/src/testing/seed.ts'
import { startStandInN8n } from '../../api/src/testing/stand-in-n8n.ts'
import { dispatchDueTurns } from '../../api/src/turns/dispatch-turns.ts'
import { startAmocrm } from '../../simulators/amocrm/start.ts'
import { startGoogle } from '../../simulators/google/start.ts'
import { ask } from '../system.ts'
import { deliverOnce, openOffice, quick, readInbox, say, until } from '../telegram/open-office.ts'
import { countStatements } from './count-statements.ts'

type Served = { leadId: number; personId: number }

/** How the search for missed messages begins, which follows each lost connection. */
const looksForMissed = 'select swept_at from telegram_accounts'

/** What one answer and one booking may ask of PostgreSQL: statements, `begin` and `commit` among them, and transactions of several. */
const most = { answer: { statements: 89, commits: 4 }, booking: { statements: 126, commits: 8 } }

/** A connection that was lost in the middle is looked after by its own statements; then another person is served. */
const tries = 4

const talk = proposal()
const bookIn = (hours: number) => {
  const offer = offerIn(hours)
  return proposal(
    { action: 'book', offerId: offer.id, reply: 'Записал вас: [MEETING]', note: 'Записан' },
    { offers: [offer] },
  )
}

/**
 * The whole way of one message: a person writes in Telegram, n8n thinks (here the test does, by the same reports), the answer arrives in
 * Telegram and on the card. Everything real but n8n and the models.
 */
test('an answer and a booking cost PostgreSQL what their work costs', { timeout: 120_000 }, async (t) => {
  const office = await openOffice(t)
  const amocrm = await startAmocrm({ port: 0, lang: 'ru', account: 'ready' })
  await ask(`${amocrm.url}/_sim/limits`, { json: { perSecond: null } })
  const calendars = ['olga', 'pavel'].map((one) => ({
    id: `${one}@beacon.example`,
    timeZone: 'Europe/Moscow',
  }))
  const google = await startGoogle({ port: 0, calendars })
  const n8n = await startStandInN8n()
  const conversation = { ...exampleBusiness.conversation, debounceSec: 0, debounceMaxSec: 0 }
  const desk = await office.openDesk({
    ...quick,
    variables: { ...quick.variables, N8N_URL: n8n.url },
    app: { ...quick.app, business: { ...exampleBusiness, ...quick.app?.business, conversation } },
  })
  const { db } = desk
  desk.amocrm = createAmocrm({ baseUrl: amocrm.url, token: 'any', gate: createDatabaseGate(db, 500) })
  await saveSellers(desk)
  await saveItems(desk)
  const server = await createServer(desk)
  t.after(async () => {
    await server.close()
    await amocrm.close()
    await google.close()
    await n8n.close()
  })
  const form =
    'grant_type=refresh_token&refresh_token=mock_refresh&client_id=mock_client_id&client_secret=mock_secret'
  const { access_token: token } = (await ask(`${google.url}/token`, { form })).body as {
    access_token: string
  }

  const deliverCards = () => deliverDue(desk, 'amocrm', (row) => deliverUpdate(desk, row))
  const deliverAll = async () => {
    while (await deliverOnce(desk));
    while (await deliverCards());
  }
  const counted = countStatements(db)
  /** The person says something, and all that follows is done. */
  async function play({ leadId, personId }: Served, text: string, thought: Proposal): Promise<void> {
    const executionId = `${leadId} ${text}`.slice(0, 20)
    // An account writes to one person once a second.
    await until('the account may write', async () => {
      const { rows } = await counted.beside.query(
        `select from telegram_actions where at > now() - interval '1 s'`,
      )
      return rows.length === 0
    })
    counted.step('receive')
    await office.world.control(`people/${personId}/say`, { text })
    await until('the message is there', async () => {
      const { rows } = await counted.beside.query(`select from inbox_events where state = 'received'`)
      return rows.length === 1
    })
    await readInbox(desk)
    counted.step('dispatch')
    assert.equal(await dispatchDueTurns(desk), true)
    const { rows } = await counted.beside.query<{ id: number; fencing: number }>(
      `select id, fencing from turns where lead_id = $1 and state = 'running'`,
      [leadId],
    )
    const turn = rows[0]!
    const report = async (path: string, more: object = {}) => {
      const payload = { turnId: turn.id, fencing: turn.fencing, executionId, n8nProcess, ...more }
      const answer = await server.inject({
        method: 'POST',
        url: path.replace('{turn}', String(turn.id)),
        headers: { authorization: `Bearer ${desk.config.apiToken}` },
        payload,
      })
      assert.ok(answer.statusCode < 300, `${path}: ${answer.body}`)
      return answer.json() as Record<string, unknown>
    }
    counted.step('models')
    for (const step of ['classifier', 'sales']) {
      await report('/turns/{turn}/begin')
      const tokens = { input: 900, cached: 0, output: 90 }
      const call = {
        step,
        vendor: 'openai',
        model: 'gpt-6-luna',
        outcome: 'ok',
        ms: 900,
        tokens,
        reason: null,
      }
      await report('/turns/{turn}/model-calls', { call })
    }
    counted.step('journal')
    assert.deepEqual(await report('/turns/{turn}/decision', thought), { outcome: 'accepted' })
    counted.step('act')
    for (let answer: GoogleAnswer | undefined; ;) {
      const next = (await report('/turns/{turn}/act', answer ? { answer } : {})) as
        | { next: CalendarStep; request: GoogleRequest }
        | { next: 'done' }
      if (next.next === 'done') break
      answer = await askGoogle(next.next, next.request)
    }
    counted.step('deliver')
    await deliverOnce(desk)
    counted.step('write card')
    await deliverCards()
    counted.step('')
    await deliverAll()
  }
  async function askGoogle(step: CalendarStep, { calendarId, eventId, query, body }: GoogleRequest) {
    const events = `calendars/${encodeURIComponent(calendarId)}/events`
    const { method, path } = calendarSteps[step]
    const place = { freeBusy: 'freeBusy', events, event: `${events}/${eventId}` }[path]
    const response = await fetch(`${google.url}/calendar/v3/${place}?${new URLSearchParams(query)}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    return { status: response.status, ...(text ? { body: JSON.parse(text) as unknown } : {}) }
  }
  t.after(() => counted.beside.end())
  const n8nProcess = randomUUID()

  /** @returns null when Telegram's connection was lost meanwhile */
  async function serve(username: string, offerInHours: number) {
    const made = await ask(`${amocrm.url}/_sim/leads`, {
      json: { name: 'Заявка', contact: { name: 'Ольга', telegram: username } },
    })
    const { leadId } = made.body as { leadId: number }
    const { id: personId } = await office.world.addPerson({ firstName: 'Ольга', username })
    await addLead(db, leadId, { telegram_username: username, phone: null })
    await say(desk, leadId, 'Здравствуйте!', 'ai')
    counted.step('')
    await deliverAll()
    const served = { leadId, personId }
    await play(served, 'Здравствуйте', talk)
    const counts = []
    for (const [what, text, thought] of [
      ['answer', 'Нас пятеро, теряем заявки', talk],
      ['booking', 'Давайте в это время', bookIn(offerInHours)],
    ] as const) {
      counted.reset()
      await play(served, text, thought)
      if (counted.list().includes(looksForMissed)) return null
      counts.push({ what, ...counted.sum(), steps: counted.bySteps(), list: counted.list() })
    }
    return counts
  }

  let counts: Awaited<ReturnType<typeof serve>> = null
  for (let n = 1; n <= tries && !counts; n++) counts = await serve(`person_${n}`, 24 + 24 * n)
  assert.ok(counts, 'Telegram lost its connection each time')
  for (const { what, statements, commits, steps, list } of counts) {
    t.diagnostic(`${what}: ${statements} statements, ${commits} commits: ${steps}`)
    assert.ok(
      statements <= most[what].statements && commits <= most[what].commits,
      `${what}: ${statements} statements, ${commits} commits\n${list}`,
    )
    if (process.env['SHOW_STATEMENTS']) console.log(list)
  }
  const sent = await rowsOf<{ state: string }>(db, `select state from outbox where channel = 'telegram'`)
  assert.deepEqual(new Set(sent.map(({ state }) => state)), new Set(['done']))
  assert.ok((await rowsOf(db, `select from calendar_events where status = 'booked'`)).length >= 1)
})
