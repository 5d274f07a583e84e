import type { Queryable } from '../database/pool.ts'
import type { InboxEvent } from '../inbox/store-event.ts'
import { type Person, type Sign, signsOf } from './signs.ts'
import { signsOfEvent } from './signs-of-event.ts'

type Row = Pick<InboxEvent, 'source' | 'body'> & { id: number; state: string; received_at: Date }
export type FoundEvents = {
  events: Row[]
  /** Events that tell of others too and were not worked yet: they must not go with this person. */
  shared: { id: number; state: string }[]
}

/** Raw events that are about this person. Which those can be is asked of PostgreSQL, whether they are is read inside of them. */
export async function findEvents(db: Queryable, person: Person): Promise<FoundEvents> {
  const { rows } = await db.query<Row>(
    `select id, source, body, state, received_at from inbox_events
     where lower(sender_username) = any($1) or sender_phone = any($2)
       or exists (select from unnest($3::text[]) needle where position(convert_to(needle, 'utf8') in body) > 0)
     order by id`,
    [person.usernames, person.phones, needlesOf(person)],
  )
  const signs = new Set<Sign>(signsOf(person))
  const found: FoundEvents = { events: [], shared: [] }
  for (const row of rows) {
    const people = signsOfEvent(row)
    const about = people?.map((one) => one.some((sign) => signs.has(sign)))
    if (about && !about.includes(true)) continue
    const others = about?.some((one, index) => !one && (people?.[index]?.length ?? 0) > 0) ?? false
    if (others && row.state !== 'processed' && row.state !== 'dropped') found.shared.push(row)
    else found.events.push(row)
  }
  return found
}

/** What an event about the person cannot do without, whatever wraps it: ids and names, and phones as digits. */
const needlesOf = (person: Person): string[] => [
  ...person.leads.map(String),
  ...person.contacts.map(String),
  ...person.peers.map(String),
  ...person.phones.map((phone) => phone.replace('+', '')),
  ...person.usernames,
  ...person.emails,
  ...person.chats,
  ...person.conversations.map((id) => `lead-${id}`),
]
