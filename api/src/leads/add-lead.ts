import type { PoolClient } from 'pg'
import type { App } from '../app.ts'
import { audit } from '../database/audit.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { clip } from '../text/storable.ts'
import { beginWithPerson } from './begin-with-person.ts'
import { firstLanguage, firstZone } from './first-guess.ts'
import { learnFacts } from '../qualification/learn-facts.ts'
import { isClosed } from './is-closed.ts'
import { factsOfCard, keepRequest, readRequest } from './read-request.ts'
import { mainContactId, personOf, type Card, valuesOfField } from './read-card.ts'

/**
 * Keeps a lead that we did not know, and begins its first touch, unless it is closed or the same person already talks with us. @returns false when it was known
 */
export async function addLead(app: App, tx: PoolClient, card: Card): Promise<boolean> {
  const { lead } = card
  const person = personOf(card.contact, app.business)
  const languageField =
    valuesOfField(lead.custom_fields_values, app.business.amocrm.fields['language'] ?? 'LANGUAGE')[0] ?? null
  const cityField = valuesOfField(
    [...lead.custom_fields_values, ...(card.contact?.custom_fields_values ?? [])],
    app.business.amocrm.fields['city'] ?? 'CITY',
  )[0]
  const tongue = firstLanguage(
    { languageField, phone: person.phones[0] ?? null, name: person.name },
    app.business.language,
  )
  const place = firstZone(
    { cityField: cityField ?? null, phone: person.phones[0] ?? null },
    app.business.timeZone,
  )
  const contactId = card.contact?.id ?? mainContactId(lead)
  const { rowCount } = await tx.query(
    `insert into leads (id, name, contact_id, contact_name, phones, phone, email, telegram_username, language, time_zone,
                        stage, pipeline_id, status_id, responsible_user_id, card_updated_at,
                        language_source, language_confidence, zone_source, zone_confidence)
     values ($1, $2, $3, $4, $5::text[], ($5::text[])[1], $6, $7, $8, $9, $10, $11, $12, $13, to_timestamp($14),
             $15, $16, $17, $18)
     on conflict (id) do nothing`,
    [
      lead.id,
      clip(lead.name ?? `#${lead.id}`, 500),
      contactId,
      person.name,
      person.phones,
      person.email,
      person.telegram,
      tongue.language,
      place.zone,
      { 142: 'won', 143: 'lost' }[lead.status_id] ?? 'new',
      lead.pipeline_id,
      lead.status_id,
      lead.responsible_user_id ?? null,
      lead.updated_at,
      tongue.source,
      tongue.confidence,
      place.source,
      place.confidence,
    ],
  )
  if (rowCount === 0) return false
  await keepRequest(tx, lead.id, readRequest(card, app.business))
  await learnFacts(tx, lead.id, factsOfCard(card, app.business), 'card')
  await audit(tx, { actor: 'system', action: 'lead.added', leadId: lead.id, details: { name: lead.name } })
  const added = { id: lead.id, name: lead.name ?? '', statusId: lead.status_id }
  const begins = await beginWithPerson(app, tx, added, person, contactId)
  if (begins && !isClosed(lead.status_id))
    await scheduleTurn(tx, { leadId: lead.id, kind: 'first_touch', quietMs: 0, longestMs: 0 })
  return true
}
