import type { Ports } from '../app.ts'
import type { Queryable } from '../database/pool.ts'
import { Problem } from '../http/problems.ts'
import type { Lead } from '../leads/lead.ts'
import { readPhones } from '../person/read-phones.ts'
import type { Person } from './signs.ts'

/** Whom we are asked about. `telegram`: a username, with or without @, or the number of the account. */
export type Asked = { leads: number[] } | { phone: string } | { telegram: string }

type Sought = Pick<
  Lead,
  | 'id'
  | 'contact_id'
  | 'telegram_user_id'
  | 'continues_lead_id'
  | 'phones'
  | 'telegram_username'
  | 'bound_by'
  | 'bound_sign'
  | 'email'
  | 'said_email'
>

/**
 * The person who is meant, with all of their leads: those of the same contact, of the same Telegram account, and those that one
 * continues. Nobody is taken for the same by a phone or a username alone: where a sign leads to several people, the caller must name leads.
 * `alike`: other leads with a sign of theirs. A person without any lead is found by the sign itself.
 * @throws Problem `invalid-request`, `unknown-lead`, `conflict`
 */
export async function findPerson(
  app: Ports<'business' | 'db'>,
  asked: Asked,
): Promise<{ person: Person; alike: number[] }> {
  const signs = readAsked(app, asked)
  const first = 'leads' in asked ? await leadsById(app.db, asked.leads) : await leadsWithSign(app.db, signs)
  const groups = await groupsOf(app.db, first)
  if (groups.length > 1 && !('leads' in asked))
    throw new Problem(
      'conflict',
      `This leads to ${groups.length} people: ${groups.map((leads) => `leads ${leads.map(({ id }) => id).join(', ')}`).join('; ')}. Name the leads of the one who is meant`,
    )
  const person = await personOfLeads(app.db, groups.flat(), signs)
  const { rows } = await app.db.query<{ id: number }>(
    `select id from leads where not id = any($1)
       and id in (select id from leads where phones && $2 union all select id from leads where lower(telegram_username) = any($3)
                  union all select id from leads where lower(email) = any($4)) order by id`,
    [person.leads, person.phones, person.usernames, person.emails],
  )
  return { person, alike: rows.map(({ id }) => id) }
}

type Signs = { peers: number[]; phones: string[]; usernames: string[] }

function readAsked({ business }: Ports<'business'>, asked: Asked): Signs {
  if ('leads' in asked) return { peers: [], phones: [], usernames: [] }
  if ('phone' in asked) {
    const phones = readPhones([asked.phone], [business.country])
    if (phones.length === 0) throw new Problem('invalid-request', 'This is no phone number')
    return { peers: [], phones, usernames: [] }
  }
  const name = asked.telegram.trim().replace(/^@/, '')
  if (/^\d{1,15}$/.test(name)) return { peers: [Number(name)], phones: [], usernames: [] }
  if (!/^\w{4,32}$/.test(name))
    throw new Problem('invalid-request', 'This is neither a username nor the number of an account')
  return { peers: [], phones: [], usernames: [name.toLowerCase()] }
}

async function leadsById(db: Queryable, ids: number[]): Promise<Sought[]> {
  const { rows } = await db.query<Sought>('select * from leads where id = any($1)', [ids])
  const missing = ids.find((id) => !rows.some((row) => row.id === id))
  if (missing !== undefined) throw new Problem('unknown-lead', `No lead has the id ${missing}`)
  return rows
}

async function leadsWithSign(db: Queryable, { peers, phones, usernames }: Signs): Promise<Sought[]> {
  const { rows } = await db.query<Sought>(
    `select * from leads where id in (
       select id from leads where telegram_user_id = any($1)
       union all select id from leads where phones && $2
       union all select id from leads where lower(telegram_username) = any($3)
       union all select c.lead_id from telegram_accounts a join conversations c on c.account_id = a.id and c.peer_id = any($1))
     order by id`,
    [peers, phones, usernames],
  )
  return rows
}

/** The leads that are surely of one person, together. */
async function groupsOf(db: Queryable, first: Sought[]): Promise<Sought[][]> {
  const groups: Sought[][] = []
  for (const start of first) {
    if (groups.flat().some(({ id }) => id === start.id)) continue
    let group = [start]
    for (let size = 0; size < group.length;) {
      size = group.length
      const { rows } = await db.query<Sought>(
        `select * from leads where id = any($1) or continues_lead_id = any($1) or contact_id = any($2) or telegram_user_id = any($3)
         order by id`,
        [
          group.flatMap(({ id, continues_lead_id: other }) => (other === null ? [id] : [id, other])),
          group.flatMap(({ contact_id: id }) => id ?? []),
          group.flatMap(({ telegram_user_id: id }) => id ?? []),
        ],
      )
      group = rows
    }
    groups.push(group)
  }
  return groups
}

async function personOfLeads(db: Queryable, leads: Sought[], asked: Signs): Promise<Person> {
  const ids = leads.map(({ id }) => id).toSorted((a, b) => a - b)
  const { rows: talks } = await db.query<{ id: number; peer_id: number | null; amo_chat_id: string | null }>(
    'select id, peer_id, amo_chat_id from conversations where lead_id = any($1)',
    [ids],
  )
  const { rows: spoke } = await db.query<{ peer_id: number }>(
    'select distinct peer_id from messages where lead_id = any($1) and peer_id is not null',
    [ids],
  )
  return {
    leads: ids,
    contacts: unique(leads.map((lead) => lead.contact_id)),
    peers: unique([
      ...asked.peers,
      ...leads.map((lead) => lead.telegram_user_id),
      ...talks.map((talk) => talk.peer_id),
      ...spoke.map((line) => line.peer_id),
    ]),
    phones: unique([
      ...asked.phones,
      ...leads.flatMap((lead) => lead.phones),
      ...leads.map((lead) => (lead.bound_by === 'username' ? null : lead.bound_sign)),
    ]).filter((phone) => phone.startsWith('+')),
    usernames: unique([
      ...asked.usernames,
      ...leads.map((lead) => lead.telegram_username?.toLowerCase()),
      ...leads.map((lead) => (lead.bound_by === 'username' ? lead.bound_sign?.toLowerCase() : null)),
    ]),
    emails: unique(leads.flatMap((lead) => [lead.email?.toLowerCase(), lead.said_email?.toLowerCase()])),
    conversations: talks.map(({ id }) => id),
    chats: unique(talks.map((talk) => talk.amo_chat_id)),
  }
}

const unique = <Value>(values: (Value | null | undefined)[]): Value[] => [
  ...new Set(values.filter((value): value is Value => value !== null && value !== undefined && value !== '')),
]
