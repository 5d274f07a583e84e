import type { AmocrmContact } from '../amocrm/answers.ts'
import type { Ports } from '../app.ts'
import { personOf } from './read-card.ts'

/** A contact was changed in amoCRM: the person behind our leads has that name, phone, e-mail and Telegram from now on. */
export async function followContact(app: Ports<'business' | 'db'>, contact: AmocrmContact): Promise<void> {
  const person = personOf(contact, app.business)
  await app.db.query(
    `update leads set contact_name = coalesce($2, contact_name), phones = coalesce($3::text[], phones),
       phone = coalesce(($3::text[])[1], phone), email = coalesce($4, email),
       telegram_username = coalesce($5, telegram_username), updated_at = now()
     where contact_id = $1`,
    [contact.id, person.name, person.phones.length > 0 ? person.phones : null, person.email, person.telegram],
  )
}
