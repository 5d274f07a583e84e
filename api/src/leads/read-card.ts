import type { AmocrmContact, AmocrmLead } from '../amocrm/answers.ts'
import type { App } from '../app.ts'
import { clip } from '../text/storable.ts'
import { normalizePhone } from './guess-language.ts'

/** A lead as it stands in amoCRM. `contact` undefined: it was not read, or the lead has none. */
export type Card = { lead: AmocrmLead; contact: AmocrmContact | undefined }

export type Person = {
  name: string | null
  phone: string | null
  email: string | null
  telegram: string | null
}

/** Reads cards from amoCRM, many with few requests. A lead that is gone is not among them. */
export async function readCards(app: App, leadIds: number[]): Promise<Map<number, Card>> {
  if (leadIds.length === 0) return new Map()
  const leads = await app.amocrm.leads(leadIds)
  return addContacts(app, [...leads.values()])
}

/** The same for leads that were read already. */
export async function addContacts(app: App, leads: AmocrmLead[]): Promise<Map<number, Card>> {
  const ids = leads.flatMap((lead) => mainContactId(lead) ?? [])
  const contacts = ids.length > 0 ? await app.amocrm.contacts(ids) : new Map<number, AmocrmContact>()
  return new Map(
    leads.map((lead) => [lead.id, { lead, contact: contacts.get(mainContactId(lead) ?? Number.NaN) }]),
  )
}

export function mainContactId(lead: AmocrmLead): number | null {
  const links = lead._embedded?.contacts ?? []
  return (links.find((link) => link.is_main) ?? links[0])?.id ?? null
}

export const tagsOf = (lead: AmocrmLead): string[] => (lead._embedded?.tags ?? []).map((tag) => tag.name)

/** @param telegramField code, id or name of the contact's field for Telegram */
export function readPerson(contact: AmocrmContact | undefined, telegramField: string): Person {
  const values = contact?.custom_fields_values ?? []
  const phones = valuesOfField(values, 'PHONE')
  return {
    name: clip(contact?.first_name || contact?.name || '', 200) || null,
    phone: phones.map(normalizePhone).find((phone) => phone !== null) ?? null,
    email: noLongerThan(254, valuesOfField(values, 'EMAIL')[0]?.trim().toLowerCase()),
    telegram: noLongerThan(
      64,
      valuesOfField(values, telegramField)[0]
        ?.replace(/^(https?:\/\/)?(t\.me\/|telegram\.me\/)?@?/i, '')
        .trim(),
    ),
  }
}

/** What is longer than any address can be is none. */
const noLongerThan = (most: number, text: string | undefined): string | null =>
  text && text.length <= most ? text : null

export function valuesOfField(values: AmocrmContact['custom_fields_values'], code: string): string[] {
  const field = values.find(
    (one) => one.field_code === code || String(one.field_id) === code || one['field_name'] === code,
  )
  return (field?.values ?? [])
    .map(({ value }) => value)
    .filter((value) => value !== undefined && value !== null && value !== '')
    .map(String)
}
