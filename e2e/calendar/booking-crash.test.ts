import type { Offer, TurnLease } from '@lead/contract'
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { App } from '../../api/src/app.ts'
import { saveSellers } from '../../api/src/leads/save-sellers.ts'
import { addLead, offerIn, proposal, rowsOf, runningTurn, takeOver } from '../../api/src/testing/seed.ts'
import { journalDecision } from '../../api/src/turns/journal-decision.ts'
import { startTestDatabase } from '../../local/postgres/test-database.ts'
import { startGoogle } from '../../simulators/google/start.ts'
import { carryOutBooking } from './carry-out-booking.ts'
import { openApp } from '../../api/src/testing/open-app.ts'
import { ask } from '../system.ts'

type Action = 'book' | 'move' | 'cancel'
type Death = { moment: string; point: string | null }
type Event = {
  status: string
  start: { dateTime: string }
  extendedProperties?: { private?: { leadId?: string } }
}

/** How often each action reports to the API until it hears "done", and the request after which Google has changed something. */
const actions: Record<Action, { reports: number; writes: number }> = {
  book: { reports: 5, writes: 2 },
  move: { reports: 5, writes: 2 },
  cancel: { reports: 2, writes: 0 },
}

/** Every place between two effects. */
const lastReport = (action: Action) => `report ${actions[action].reports - 1}`

function deathsOf(action: Action): Death[] {
  const { reports, writes } = actions[action]
  const steps = Array.from({ length: reports }, (_nothing, step) => step)
  return [
    ...steps.flatMap((step) =>
      ['calendar.before-commit', 'calendar.committed'].map((point) => ({ moment: `report ${step}`, point })),
    ),
    { moment: `google ${writes}`, point: null },
    ...(action === 'book'
      ? ['act.before-commit', 'turn.completed'].map((point) => ({ moment: lastReport(action), point }))
      : []),
  ]
}

describe('kill -9 between any two steps of a booking, a move, a cancellation', { concurrency: 2 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'lead-crash-'))
  let app: App
  let databaseUrl = ''
  let google: Awaited<ReturnType<typeof startGoogle>>
  let token = ''
  const ends: (() => Promise<void>)[] = []
  let count = 0
  /** Claiming takes whatever is due: one test at a time. */
  let claiming: Promise<unknown> = Promise.resolve()
  const alone = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = claiming.then(work)
    claiming = done.catch(() => {})
    return done
  }

  before(async () => {
    const database = await startTestDatabase()
    databaseUrl = database.url
    const timeZone = 'Europe/Moscow'
    google = await startGoogle({ port: 0, calendars: [{ id: 'olga@beacon.example', timeZone }] })
    app = openApp(databaseUrl)
    ends.push(
      () => app.db.end(),
      () => google.close(),
      () => database.stop(),
    )
    await saveSellers(app)
    const form =
      'grant_type=refresh_token&refresh_token=mock_refresh&client_id=mock_client_id&client_secret=mock_secret'
    token = ((await ask(`${google.url}/token`, { form })).body as { access_token: string }).access_token
  })
  after(async () => {
    for (const end of ends) await end()
    rmSync(folder, { recursive: true, force: true })
  })

  async function decide(leadId: number, action: Action, offer: Offer): Promise<TurnLease> {
    const lease = await alone(() => runningTurn(app.db, leadId))
    const takes = action !== 'cancel'
    const reply = takes ? 'Готово: [MEETING]' : 'Отменила.'
    const wanted = proposal(
      { reply, action, offerId: takes ? offer.id : null },
      { offers: takes ? [offer] : [] },
    )
    assert.deepEqual(await journalDecision(app, lease, wanted), { outcome: 'accepted' })
    return lease
  }

  async function dies(lease: TurnLease, death: Death): Promise<void> {
    const file = join(folder, `point-${lease.turnId}`)
    const child = spawn(
      process.execPath,
      [
        join(import.meta.dirname, 'dying-booking.ts'),
        JSON.stringify({ databaseUrl, google: { url: google.url, token }, lease, ...death }),
      ],
      { env: { ...process.env, FAULT_POINT_FILE: file }, stdio: ['ignore', 'ignore', 'inherit'] },
    )
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
    assert.equal(signal, 'SIGKILL', 'the process died where it was told to')
  }

  const eventsOf = async (leadId: number) =>
    ((await ask(`${google.url}/_sim/events`)).body as Event[]).filter(
      (event) => event.extendedProperties?.private?.leadId === String(leadId),
    )

  for (const action of ['book', 'move', 'cancel'] as const) {
    for (const death of deathsOf(action)) {
      test(`${action}: ${death.moment}, ${death.point ?? 'the answer is lost'}`, async () => {
        count += 1
        const leadId = count
        // Far apart, so that no two of these tests want the same time.
        const [first, second] = [offerIn(100 + count * 4), offerIn(102 + count * 4)]
        await addLead(app.db, leadId)
        let messages = 1
        if (action !== 'book') {
          await carryOutBooking(app, await decide(leadId, 'book', first), { url: google.url, token })
          messages += 1
        }
        const lease = await decide(leadId, action, action === 'move' ? second : first)
        await dies(lease, death)
        // The last report of a booking or a move ends the turn in the same transaction.
        const isOver =
          death.point === 'turn.completed' ||
          (death.point === 'calendar.committed' && action !== 'cancel' && death.moment === lastReport(action))
        if (!isOver) {
          const again = await alone(() => takeOver(app.db, lease))
          await carryOutBooking(app, again, { url: google.url, token })
        }

        const all = await eventsOf(leadId)
        assert.equal(all.length, 1, 'one event, ever: no ghost')
        const wanted = Date.parse((action === 'move' ? second : first).start)
        const [event] = all
        assert.equal(Date.parse(event!.start.dateTime), wanted)
        assert.equal(event!.status, action === 'cancel' ? 'cancelled' : 'confirmed')
        const [row, ...others] = await rowsOf<{ status: string; starts_at: Date }>(
          app.db,
          'select status, starts_at from calendar_events where lead_id = $1',
          [leadId],
        )
        assert.equal(others.length, 0)
        assert.deepEqual(
          [row!.status, row!.starts_at.getTime()],
          [action === 'cancel' ? 'cancelled' : 'booked', wanted],
        )
        const said = await rowsOf(app.db, 'select text from messages where lead_id = $1', [leadId])
        assert.equal(said.length, messages, 'told once')
        const cards = await rowsOf(
          app.db,
          `select from outbox where lead_id = $1 and channel = 'amocrm' and payload ->> 'kind' = 'lead'`,
          [leadId],
        )
        assert.equal(cards.length, messages, 'the card is written once')
        const [turn] = await rowsOf(app.db, 'select state from turns where id = $1', [lease.turnId])
        assert.equal(turn!['state'], 'done')
      })
    }
  }
})
