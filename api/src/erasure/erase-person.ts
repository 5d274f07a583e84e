import { createHash } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction, one, type Queryable } from '../database/pool.ts'
import { Problem } from '../http/problems.ts'
import { lockLead, requireLead } from '../leads/lead.ts'
import { optOut } from '../leads/stop-writing.ts'
import { findEvents } from './erased-events.ts'
import { exportPerson } from './export-person.ts'
import { type Holding, holdings } from './holdings.ts'
import { addMarks, hashWithKey } from './marks.ts'
import { eraseExecutions } from './n8n-executions.ts'
import { type Person, signsOf } from './signs.ts'

export type Proof = {
  /** Table by table, how many rows were deleted, and of how many the person was taken out. */
  deleted: Record<string, number>
  blanked: Record<string, number>
  /** Files of the lead that were among them. */
  files: number
  /** What n8n kept; null: left to a human, who was asked to be. */
  n8nExecutions: number | null
  /** By so many keyed hashes the person is known again. */
  marks: number
  /** Keyed hash (HMAC-SHA-256) of the numbers and of all that was erased: the same export gives the same. */
  hash: string
}
export type Erasure = { id: number; at: Date; by: string; proof: Proof }

/** What is not ours to delete: a human does it there. Never stored. */
export type Elsewhere = {
  amocrm: { leads: number[]; contacts: number[] }
  telegram: number[]
  google: string[]
}

/**
 * Erases a person: first nothing is begun with them any more, then n8n's executions go, then everything else and the marks come in one
 * transaction. Whatever stops it in between, it can be asked again.
 * @param n8n `leave`: its executions are a human's work
 * @throws Problem `conflict` while something of the person is on its way, `unavailable` when n8n's database is not reached
 */
export async function erasePerson(
  app: Ports<'business' | 'config' | 'db' | 'wake'>,
  person: Person,
  { by, n8n = 'erase' }: { by: string; n8n?: 'erase' | 'leave' },
): Promise<{ erasure: Erasure; elsewhere: Elsewhere }> {
  if (Object.values(person).every((list) => list.length === 0))
    throw new Problem('invalid-request', 'Nobody was named')
  await inTransaction(app.db, (tx) => fallSilent(app, tx, person))
  await refuseWhileBusy(app.db, person)
  const { turns, meetings, silentSince } = await traces(app.db, person)
  const google = meetings.map(({ google_event_id: id }) => id)
  const n8nExecutions =
    n8n === 'leave'
      ? null
      : await eraseExecutions(app, { leads: person.leads, turns, googleEvents: google, person, silentSince })
  const erasure = await inTransaction(app.db, async (tx): Promise<Erasure> => {
    for (const id of person.leads) await lockLead(tx, id)
    await refuseWhileBusy(tx, person)
    const content = JSON.stringify(await exportPerson(tx, person))
    const files = await countFiles(tx, person)
    const { deleted, blanked } = await erase(tx, person)
    const { id, at } = one(
      await tx.query<{ id: number; at: Date }>(
        `insert into erasures (by, proof) values ($1, '{}') returning id, at`,
        [by],
      ),
    )
    const marks = await addMarks(app, tx, id, signsOf(person))
    const numbers = { deleted, blanked, files, n8nExecutions, marks }
    const digest = createHash('sha256').update(content).digest('hex')
    const hash = await hashWithKey(app, tx, JSON.stringify({ id, at, by, ...numbers, digest }))
    const proof = { ...numbers, hash }
    await tx.query('update erasures set proof = $2 where id = $1', [id, proof])
    await audit(tx, { actor: by, action: 'person.erased', details: { erasure: id } })
    return { id, at, by, proof }
  })
  const upcoming = meetings.filter(({ upcoming: yes }) => yes).map(({ google_event_id: id }) => id)
  const elsewhere = {
    amocrm: { leads: person.leads, contacts: person.contacts },
    telegram: person.peers,
    google: upcoming,
  }
  return { erasure, elsewhere }
}

/** Pending turns and words that wait are cancelled, and nobody makes new ones. */
async function fallSilent(app: Ports<'business'>, tx: PoolClient, { leads }: Person): Promise<void> {
  for (const leadId of leads) {
    const { language } = await requireLead(lockLead(tx, leadId))
    await optOut(tx, {
      leadId,
      language: language ?? app.business.language,
      source: 'command',
      tell: false,
    })
  }
}

/** What others hold in their hands now would come back afterwards. */
async function refuseWhileBusy(db: Queryable, person: Person): Promise<void> {
  const { thinking, sending } = one(
    await db.query<{ thinking: boolean; sending: boolean }>(
      `select exists (select from turns where lead_id = any($1) and state = 'running') as thinking,
         exists (select from outbox where lead_id = any($1) and state = 'sending') as sending`,
      [person.leads],
    ),
  )
  const { shared } = await findEvents(db, person)
  const what =
    (thinking && 'a turn of this person is being thought about') ||
    (sending && 'something of this person is being delivered') ||
    (shared[0] &&
      `the raw event ${shared[0].id} tells of other people too and is not worked yet (${shared[0].state})`)
  if (what)
    throw new Problem('conflict', `Not yet: ${what}. Nothing new is begun with them; ask again in a moment`)
}

type Meeting = { google_event_id: string; upcoming: boolean }
async function traces(
  db: Queryable,
  { leads }: Person,
): Promise<{ turns: number[]; meetings: Meeting[]; silentSince: Date }> {
  const { since } = one(
    await db.query<{ since: Date }>(
      `select coalesce(greatest((select max(opted_out_at) from leads where id = any($1)),
                (select max(finished_at) from turns where lead_id = any($1))), now()) as since`,
      [leads],
    ),
  )
  const turns = await db.query<{ id: number }>('select id from turns where lead_id = any($1)', [leads])
  const meetings = await db.query<Meeting>(
    `select google_event_id, status = 'booked' and ends_at > now() as upcoming from calendar_events where lead_id = any($1)`,
    [leads],
  )
  return { turns: turns.rows.map(({ id }) => id), meetings: meetings.rows, silentSince: since }
}

async function countFiles(tx: Queryable, { leads }: Person): Promise<number> {
  const { files } = one(
    await tx.query<{ files: number }>(
      `select count(*)::int as files from messages m join message_files f on f.message_id = m.id
       where m.lead_id = any($1) and f.content is not null`,
      [leads],
    ),
  )
  return files
}

async function erase(
  tx: Queryable,
  person: Person,
): Promise<{ deleted: Record<string, number>; blanked: Record<string, number> }> {
  const deleted: Record<string, number> = {}
  const blanked: Record<string, number> = {}
  const { events } = await findEvents(tx, person)
  if (events.length > 0) {
    await tx.query('delete from inbox_events where id = any($1)', [events.map(({ id }) => id)])
    deleted['inbox_events'] = events.length
  }
  for (const holding of holdings) {
    const count = await eraseFrom(tx, holding, person)
    const counts = holding.blank ? blanked : deleted
    if (count > 0) counts[holding.table] = (counts[holding.table] ?? 0) + count
  }
  return { deleted, blanked }
}

async function eraseFrom(
  tx: Queryable,
  { table, find, by, blank }: Holding,
  person: Person,
): Promise<number> {
  if (person[by].length === 0) return 0
  const change = blank ? `update ${table} set ${blank}` : `delete from ${table}`
  const { rowCount } = await tx.query(`${change} where ctid = any(array(${find}))`, [person[by]])
  return rowCount ?? 0
}
