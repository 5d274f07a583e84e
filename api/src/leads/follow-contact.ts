import type { AmocrmContact } from '../amocrm/answers.ts'
import type { Ports } from '../app.ts'
import { inTransaction } from '../database/pool.ts'
import { type Lead, lockLead, requireLead } from './lead.ts'
import { personArrived } from './person-arrived.ts'
import { personOf } from './read-card.ts'

/**
 * A contact was changed in amoCRM: the person behind our leads has that name, phone, e-mail and Telegram from now on. Leads that waited
 * for one of these are written to.
 */
export async function followContact(
  app: Ports<'business' | 'config' | 'db' | 'wake'>,
  contact: AmocrmContact,
): Promise<void> {
  const person = personOf(contact, app.business)
  const phones = person.phones.length > 0 ? person.phones : null
  await inTransaction(app.db, async (tx) => {
    const { rows: found } = await tx.query<{ id: number }>(
      'select id from leads where contact_id = $1 order by id',
      [contact.id],
    )
    const leads: Lead[] = []
    for (const { id } of found) leads.push(await requireLead(lockLead(tx, id)))
    await tx.query(
      `update leads set contact_name = coalesce($2, contact_name), phones = coalesce($3::text[], phones),
         phone = coalesce(($3::text[])[1], phone), email = coalesce($4, email),
         telegram_username = coalesce($5, telegram_username), updated_at = now()
       where contact_id = $1`,
      [contact.id, person.name, phones, person.email, person.telegram],
    )
    for (const lead of leads) await personArrived(app, tx, lead, person, contact.id)
  })
  for (const work of ['inbox', 'turns', 'amocrm'] as const) app.wake.up(work)
}
