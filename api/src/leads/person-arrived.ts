import type { PoolClient } from 'pg'
import type { Ports } from '../app.ts'
import { hastenTurn } from '../turns/engine/engine.ts'
import { beginWithPerson } from './begin-with-person.ts'
import { firstLanguage, firstZone } from './first-guess.ts'
import { namesAddress } from './has-address.ts'
import { knowLanguage, knowZone } from './know-lead.ts'
import type { Lead } from './lead.ts'
import type { Person } from './read-card.ts'

/**
 * The card of a lead that we could not reach says now where the person is. What follows from it is done as for a lead that came
 * complete: language, zone, who else this is, what they wrote before; and the first words that waited are due. The lead is locked.
 * @param known the lead as it was before
 */
export async function personArrived(
  app: Ports<'business' | 'config'>,
  tx: PoolClient,
  known: Lead,
  person: Person,
  contactId: number | null,
): Promise<void> {
  if (!namesAddress(person) || namesAddress({ phones: known.phones, telegram: known.telegram_username }))
    return
  const phone = person.phones[0] ?? null
  const tongue = firstLanguage({ languageField: null, phone, name: person.name }, app.business.language)
  if (tongue.source !== 'business') await knowLanguage(tx, known.id, tongue)
  const place = firstZone({ cityField: null, phone }, app.business.timeZone)
  if (place.source !== 'business') await knowZone(tx, known.id, place)
  if (!(await waitsForFirstWords(tx, known.id))) return
  const { id, name, status_id: statusId } = known
  if (await beginWithPerson(app, tx, { id, name, statusId }, person, contactId))
    await hastenTurn(tx, id, 'first_touch')
}

async function waitsForFirstWords(tx: PoolClient, leadId: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from turns where lead_id = $1 and kind = 'first_touch' and state = 'pending'`,
    [leadId],
  )
  return rowCount === 1
}
