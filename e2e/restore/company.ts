import type { Offer, Proposal, TurnLease } from '@lead/contract'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { Client } from 'pg'
import { createAmocrm } from '../../api/src/amocrm/client.ts'
import { deliverUpdate } from '../../api/src/amocrm/deliver-update.ts'
import { findMissedLeads } from '../../api/src/amocrm/find-missed-leads.ts'
import { writeBackupFile } from '../../api/src/backup/backup-file.ts'
import { restoreDatabase } from '../../api/src/backup/restore-database.ts'
import { writeDump } from '../../api/src/backup/write-dump.ts'
import { planSync } from '../../api/src/calendar/sync-plan.ts'
import { takeSyncPage } from '../../api/src/calendar/take-sync-page.ts'
import { writeTranscripts } from '../../api/src/conversations/write-transcripts.ts'
import { saveSellers } from '../../api/src/leads/save-sellers.ts'
import { deliverDue } from '../../api/src/outbox/deliver.ts'
import { settleRestore } from '../../api/src/restore/settle-restore.ts'
import { exampleBusiness } from '../../api/src/testing/business.ts'
import { claimAll, proposal, rowsOf } from '../../api/src/testing/seed.ts'
import { journalDecision } from '../../api/src/turns/journal-decision.ts'
import { startAmocrm } from '../../simulators/amocrm/start.ts'
import { startGoogle } from '../../simulators/google/start.ts'
import { carryOutBooking } from '../calendar/carry-out-booking.ts'
import { ask } from '../system.ts'
import {
  type Desk,
  deliverOnce,
  openOffice,
  quick,
  readInbox,
  until as untilWithin,
} from '../telegram/open-office.ts'

/** Three services and a database on a machine that may be busy: not a wish for speed. */
export const until = <Value>(what: string, get: () => Value | Promise<Value>) =>
  untilWithin(what, get, 120_000)

export type Someone = { leadId: number; personId: number; name: string }

const calendar = 'olga@beacon.example'

/**
 * A company with amoCRM, Telegram and Google (their simulators), and one API process without n8n: each piece of work is done when the test
 * says so. Its database can be backed up and restored.
 */
export async function openCompany(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'lead-restore-'))
  const amocrm = await startAmocrm({ port: 0, lang: 'ru' })
  const google = await startGoogle({ port: 0, calendars: [{ id: calendar, timeZone: 'Europe/Moscow' }] })
  t.after(async () => {
    await amocrm.close()
    await google.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const office = await openOffice(t)
  const form =
    'grant_type=refresh_token&refresh_token=mock_refresh&client_id=mock_client_id&client_secret=mock_secret'
  const { access_token: token } = (await ask(`${google.url}/token`, { form })).body as {
    access_token: string
  }
  const [seller] = exampleBusiness.sellers
  const business = {
    ...exampleBusiness,
    ...quick.app?.business,
    sellers: [{ ...seller!, calendar }],
    followUps: [{ afterHours: 24 }],
  }
  const open = async (): Promise<Desk> => {
    const desk = await office.openDesk({
      ...quick,
      app: { business, amocrm: createAmocrm({ baseUrl: amocrm.url, token: 'any' }) },
    })
    await saveSellers(desk)
    return desk
  }
  let desk = await open()
  const file = join(folder, 'company.dump.gz')
  const simulated = async <Answer>(path: string, json?: unknown) =>
    (
      await ask(
        `${amocrm.url}${path}`,
        json === undefined ? { token: 'any' } : { method: 'POST', json, token: 'any' },
      )
    ).body as Answer

  /** All that is on its way to the outside, and what comes back of it. */
  async function deliver(): Promise<void> {
    await until('nothing is on its way', async () => {
      await readInbox(desk)
      await deliverOnce(desk)
      while (await deliverDue(desk, 'amocrm', (row) => deliverUpdate(desk, row)));
      await readInbox(desk)
      const onTheWay = await rowsOf(desk.db, `select from outbox where state in ('pending', 'sending')`)
      const unread = await rowsOf(desk.db, `select from inbox_events where state = 'received'`)
      return onTheWay.length + unread.length === 0
    })
  }

  /** Thinks the lead's pending turn, as n8n would, and does what was decided. */
  async function think(
    leadId: number,
    sales: Partial<Proposal['sales']>,
    offers: Offer[] = [],
  ): Promise<void> {
    await carryOut(await decide(leadId, sales, offers))
    await deliver()
  }

  async function decide(
    leadId: number,
    sales: Partial<Proposal['sales']>,
    offers: Offer[],
  ): Promise<TurnLease> {
    const lease = await begin(leadId)
    const answer = await journalDecision(desk, lease, proposal(sales, { offers }))
    assert.deepEqual(answer, { outcome: 'accepted' })
    return lease
  }

  const carryOut = (lease: TurnLease) => carryOutBooking(desk, lease, { url: google.url, token })

  async function begin(leadId: number): Promise<TurnLease> {
    await until('the turn is there', async () => {
      await readInbox(desk)
      return (await openTurns(leadId)).some(({ state }) => state === 'pending')
    })
    await desk.db.query(
      `update turns set run_at = now() + case when lead_id = $1 then interval '0' else interval '1 hour' end where state = 'pending'`,
      [leadId],
    )
    const turn = (await claimAll(desk.db)).find((claimed) => claimed.lead_id === leadId)
    assert.ok(turn, `the turn of lead ${leadId} is claimed`)
    await desk.db.query(
      `update turns set seen_at = now(), seen_message_id = (select max(id) from messages where lead_id = $2 and direction = 'in') where id = $1`,
      [turn.id, leadId],
    )
    return { turnId: turn.id, fencing: turn.fencing }
  }

  const openTurns = (leadId: number) =>
    rowsOf<{ kind: string; state: string; run_at: Date }>(
      desk.db,
      `select kind, state, run_at from turns where lead_id = $1 and state in ('pending', 'running')`,
      [leadId],
    )

  /** As n8n does each minute. */
  async function readCalendars(): Promise<void> {
    for (const request of await planSync(desk)) {
      let next: typeof request | null = request
      while (next) {
        const query = new URLSearchParams(next.query)
        const answer = await fetch(
          `${google.url}/calendar/v3/calendars/${encodeURIComponent(next.calendarId)}/events?${query}`,
          { headers: { authorization: `Bearer ${token}` } },
        )
        const taken = await takeSyncPage(desk, next.calendarId, {
          status: answer.status,
          body: await answer.json(),
        })
        next = taken.next === 'more' ? taken.request : null
      }
    }
  }

  return {
    office,
    get desk() {
      return desk
    },
    deliver,
    think,
    decide,
    carryOut,
    openTurns,
    readCalendars,
    pollAmocrm: () => findMissedLeads(desk),
    writeNotes: async () => {
      await desk.db.query('update leads set transcript_due_at = now()')
      await writeTranscripts(desk)
      await deliver()
    },
    /** Somebody with a card and an account; the card is read. */
    async newLead(name: string): Promise<Someone> {
      const username = `person_${randomUUID().slice(0, 8)}`
      const person = await office.world.addPerson({ firstName: name, username })
      const { leadId } = await simulated<{ leadId: number }>('/_sim/leads', {
        name: `Заявка ${name}`,
        contact: { name, telegram: username },
      })
      await findMissedLeads(desk)
      return { leadId, personId: person.id, name }
    },
    says: ({ personId }: Someone, text: string) => office.world.control(`people/${personId}/say`, { text }),
    sellerSays: ({ personId }: Someone, text: string) =>
      office.world.control(`people/${personId}/seller-says`, { text }),
    hears: async (text: string) =>
      until(`"${text}" is heard`, async () => {
        await readInbox(desk)
        return (await rowsOf(desk.db, 'select from messages where text = $1', [text])).length > 0
      }),
    /** What the person's app shows. */
    chat: async ({ personId }: Someone) =>
      (
        await office.world.control<{ messages: { from: string; text: string }[] }>(`people/${personId}/chat`)
      ).messages.map(({ from, text }) => `${from}: ${text}`),
    events: async () =>
      (
        (await ask(`${google.url}/_sim/events`)).body as {
          id: string
          status: string
          start: { dateTime: string }
        }[]
      ).map(({ id, status, start }) => ({ id, status, start: start.dateTime })),
    google: google.url,
    /** What stands on the cards. */
    notes: async ({ leadId }: Someone) => (await desk.amocrm.noteTexts(leadId)).toSorted(),
    tasks: async ({ leadId }: Someone) =>
      (await desk.amocrm.openTasks(leadId)).map(({ text }) => text).toSorted(),
    async backUp(): Promise<void> {
      rmSync(file, { force: true })
      await writeBackupFile(
        file,
        writeDump(office.databaseUrl, () => {}),
        null,
      )
    },
    /** The process ends, the dump takes the place of the database, and a new process reads the world. */
    async restore({
      isOldLost = false,
      whileDown = (): Promise<unknown> => Promise.resolve(),
    } = {}): Promise<void> {
      await office.closeDesk(desk)
      await whileDown()
      if (isOldLost) await loseDatabase(office.adminUrl, office.databaseUrl)
      await restoreDatabase({
        file,
        passphrase: null,
        databaseUrl: office.databaseUrl,
        adminUrl: office.adminUrl,
        now: new Date(),
        log: () => {},
      })
      desk = await open()
    },
    /** What `startWork` does after a restore. */
    async settle(): Promise<void> {
      const restore = settleRestore(desk)
      await until('the restore is settled', async () => {
        await readInbox(desk)
        await restore.step()
        await readCalendars()
        return restore.isSettled()
      })
    },
    findings: () =>
      rowsOf<{ kind: string; lead_id: number | null; detail: string }>(
        desk.db,
        'select kind, lead_id, detail from restore_findings order by kind, ref',
      ),
    lead: async ({ leadId }: Someone) =>
      (
        await rowsOf<{ stage: string; control: string; opted_out_at: Date | null }>(
          desk.db,
          'select stage, control, opted_out_at from leads where id = $1',
          [leadId],
        )
      )[0]!,
  }
}

/** The disk is gone: there is no old database to read in. */
async function loseDatabase(adminUrl: string, databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  await client.query(`drop database "${new URL(databaseUrl).pathname.slice(1)}" with (force)`)
  await client.end()
}
