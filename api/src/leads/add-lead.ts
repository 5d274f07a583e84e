import type { PoolClient } from 'pg'
import { texts } from '../../../texts/index.ts'
import type { App } from '../app.ts'
import { audit } from '../database/audit.ts'
import type { Queryable } from '../database/pool.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { clip } from '../text/storable.ts'
import { findSamePerson } from './find-same-person.ts'
import { firstLanguage, firstZone } from './first-guess.ts'
import { mainContactId, personOf, type Card, type Person, valuesOfField } from './read-card.ts'
import { setControl } from './set-control.ts'
import { optOut } from './stop-writing.ts'

export const isClosed = (statusId: number) => statusId === 142 || statusId === 143

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
  await audit(tx, { actor: 'system', action: 'lead.added', leadId: lead.id, details: { name: lead.name } })
  if (await reportSamePerson(app, tx, card, person, contactId)) return true
  await hearEarlierWords(tx, person)
  if (!isClosed(lead.status_id))
    await scheduleTurn(tx, { leadId: lead.id, kind: 'first_touch', quietMs: 0, longestMs: 0 })
  return true
}

/** Tells people of other leads of this person; nothing is merged. @returns whether nothing is begun with the new lead */
async function reportSamePerson(
  app: App,
  tx: PoolClient,
  { lead }: Card,
  person: Person,
  contactId: number | null,
): Promise<boolean> {
  const others = await findSamePerson(tx, lead.id, contactId, person)
  if (others.length === 0) return false
  const sure = others.filter((other) => other.sure)
  const refuser = sure.find((other) => other.opted_out)
  const talking = isClosed(lead.status_id) ? undefined : sure.find((other) => other.open && other.talking)
  await audit(tx, {
    actor: 'system',
    action: 'lead.same_person',
    leadId: lead.id,
    details: { others: others.map(({ id, by }) => ({ id, by })), continues: talking?.id ?? null },
  })
  const { card: onCard, task } = texts[app.business.language]
  const note = (leadId: number, text: string, about: number) =>
    enqueue(tx, {
      leadId,
      turnId: null,
      channel: 'amocrm',
      key: `lead:${leadId}:same-person:${about}`,
      payload: { kind: 'note', text },
    })
  for (const other of others) {
    const same = other.sure ? onCard.samePerson : onCard.maybeSamePerson
    const by = other.by.join(', ')
    const text = same({ id: other.id, name: other.name, by })
    await note(lead.id, other === talking ? `${text} ${onCard.talksThere}` : text, other.id)
    if (other.open) await note(other.id, same({ id: lead.id, name: lead.name ?? '', by }), lead.id)
  }
  if (refuser) {
    const { language } = app.business
    await optOut(tx, { leadId: lead.id, language, source: 'other_lead', tell: false })
    await enqueue(tx, {
      leadId: lead.id,
      turnId: null,
      channel: 'amocrm',
      key: `lead:${lead.id}:opted-out-before`,
      payload: { kind: 'task', text: task.samePersonOptedOut(refuser.id), dueInMin: 60 },
    })
    return true
  }
  if (!talking) return false
  await tx.query('update leads set continues_lead_id = $2 where id = $1', [lead.id, talking.id])
  const reason = `the conversation goes on in lead ${talking.id}`
  await setControl(tx, lead.id, { control: 'paused', source: 'other_lead', by: 'system', reason })
  return true
}

/** What the person wrote before their card was known is heard now. */
const hearEarlierWords = (tx: Queryable, person: Person) =>
  tx.query(
    `update inbox_events set state = 'received', run_at = now(), attempts = 0
     where source in ('telegram', 'telegram_bot') and state = 'processed' and reason = 'nobody known'
       and received_at > now() - interval '7 days'
       and (lower(sender_username) = lower($1) or sender_phone = any($2::text[]))`,
    [person.telegram, person.phones],
  )
