import type { Queryable } from '../database/pool.ts'
import type { Lead } from './lead.ts'
import type { Person } from './read-card.ts'

/** Whether a card says where to look for the person in Telegram. */
export const namesAddress = (person: Pick<Person, 'phones' | 'telegram'>): boolean =>
  person.phones.length > 0 || person.telegram !== null

/** Whether we know where to write: by the card, or because we have talked. */
export async function hasAddress(
  db: Queryable,
  lead: Pick<Lead, 'id' | 'phones' | 'telegram_username' | 'telegram_user_id'>,
): Promise<boolean> {
  if (lead.telegram_user_id !== null) return true
  if (namesAddress({ phones: lead.phones, telegram: lead.telegram_username })) return true
  const { rowCount } = await db.query(
    'select from conversations where lead_id = $1 and peer_id is not null limit 1',
    [lead.id],
  )
  return rowCount === 1
}
