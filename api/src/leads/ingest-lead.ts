import type { AmocrmContact } from '../amocrm/client.ts'
import type { App } from '../app.ts'
import { audit } from '../audit.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { guessLanguage, normalizePhone } from './guess-language.ts'

const closedStatuses = new Set([142, 143])

/**
 * Reads a lead from amoCRM (a hook only says that something happened) and keeps it. A lead that we did not know gets its
 * first touch. Repeating it changes nothing.
 * @returns what became of it
 */
export async function ingestLead(app: App, leadId: number): Promise<'added' | 'known' | 'gone' | 'closed'> {
  const lead = await app.amocrm.lead(leadId)
  if (!lead || lead.is_deleted) return 'gone'
  const links = lead._embedded?.contacts ?? []
  const main = links.find((link) => link.is_main) ?? links[0]
  const contact = main && (await app.amocrm.contact(main.id))
  const person = readContact(contact, app.business.amocrm.contactTelegramField)
  const languageField = textOfField(
    lead.custom_fields_values,
    app.business.amocrm.fields['language'] ?? 'LANGUAGE',
  )
  const language = guessLanguage({ languageField, phone: person.phone }, app.business.language)
  const closed = closedStatuses.has(lead.status_id)

  const added = await inTransaction(app.db, async (tx) => {
    const { rows } = await tx.query<{ added: boolean }>(
      `insert into leads (id, name, contact_id, contact_name, phone, email, telegram_username, language, time_zone,
                          stage, pipeline_id, status_id, responsible_user_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       on conflict (id) do update set
         name = excluded.name, contact_id = excluded.contact_id, contact_name = excluded.contact_name,
         phone = excluded.phone, email = coalesce(excluded.email, leads.email),
         telegram_username = coalesce(excluded.telegram_username, leads.telegram_username),
         pipeline_id = excluded.pipeline_id, status_id = excluded.status_id,
         responsible_user_id = excluded.responsible_user_id, updated_at = now()
       returning xmax = 0 as added`,
      [
        lead.id,
        lead.name ?? `#${lead.id}`,
        contact?.id ?? null,
        person.name,
        person.phone,
        person.email,
        person.telegram,
        language,
        app.business.timeZone,
        closed ? 'lost' : 'new',
        lead.pipeline_id,
        lead.status_id,
        lead.responsible_user_id ?? null,
      ],
    )
    if (!rows[0]?.added) return false
    await audit(tx, { actor: 'system', action: 'lead.added', leadId: lead.id, details: { name: lead.name } })
    await hearEarlierWords(tx, person)
    if (!closed) await scheduleTurn(tx, { leadId: lead.id, kind: 'first_touch', quietMs: 0, longestMs: 0 })
    return true
  })
  if (added) {
    app.wake.up('inbox')
    app.wake.up('turns')
  }
  return closed ? 'closed' : added ? 'added' : 'known'
}

/** What the person wrote before their card was known is heard now. */
const hearEarlierWords = (tx: Queryable, person: { telegram: string | null; phone: string | null }) =>
  tx.query(
    `update inbox_events set state = 'received', run_at = now(), attempts = 0
     where source in ('telegram', 'telegram_bot') and state = 'processed' and reason = 'nobody known'
       and received_at > now() - interval '7 days'
       and (lower(convert_from(body, 'utf8')::jsonb ->> 'peerUsername') = lower($1)
            or convert_from(body, 'utf8')::jsonb ->> 'peerPhone' = $2
            or lower(convert_from(body, 'utf8')::jsonb #>> '{message,chat,username}') = lower($1)
            or lower(convert_from(body, 'utf8')::jsonb #>> '{business_message,chat,username}') = lower($1))`,
    [person.telegram, person.phone],
  )

function readContact(contact: AmocrmContact | undefined, telegramField: string) {
  const values = contact?.custom_fields_values ?? []
  const phone = textOfField(values, 'PHONE')
  return {
    name: contact?.first_name || contact?.name || null,
    phone: phone && normalizePhone(phone),
    email: textOfField(values, 'EMAIL'),
    telegram:
      textOfField(values, telegramField)
        ?.replace(/^(https?:\/\/)?(t\.me\/)?@?/, '')
        .trim() || null,
  }
}

function textOfField(values: AmocrmContact['custom_fields_values'], code: string): string | null {
  const value = values.find((field) => field.field_code === code)?.values[0]?.value
  return value === undefined || value === null || value === '' ? null : String(value)
}
