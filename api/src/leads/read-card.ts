import type { AmocrmContact, AmocrmLead } from '../amocrm/answers.ts'
import type { Ports } from '../app.ts'
import type { Business } from '../settings/business.ts'
import { emailOf } from '../person/email.ts'
import { readPerson } from '../person/read-person.ts'
import { clip } from '../text/storable.ts'

/** A lead as it stands in amoCRM. `contact` undefined: it was not read, or the lead has none. */
export type Card = { lead: AmocrmLead; contact: AmocrmContact | undefined }

export type Person = {
  /** As the card names them. */
  name: string | null
  /** E.164, in the order in which they are tried. */
  phones: string[]
  email: string | null
  /** Username without @. */
  telegram: string | null
}

/**
 * Reads cards from amoCRM, many with few requests. A lead that is gone is not among them. One that cannot be read is in `failed`, with
 * the error, and keeps nobody from the others.
 */
export async function readCards(
  app: Ports<'amocrm'>,
  leadIds: number[],
): Promise<{ cards: Map<number, Card>; failed: Map<number, unknown> }> {
  if (leadIds.length === 0) return { cards: new Map(), failed: new Map() }
  const { found, failed } = await app.amocrm.leads(leadIds)
  return { cards: await addContacts(app, [...found.values()]), failed }
}

/** The same for leads that were read already. A contact that we may not read is none: it may be hidden for a while. */
export async function addContacts(app: Ports<'amocrm'>, leads: AmocrmLead[]): Promise<Map<number, Card>> {
  const ids = leads.flatMap((lead) => mainContactId(lead) ?? [])
  const contacts = ids.length > 0 ? (await app.amocrm.contacts(ids)).found : new Map<number, AmocrmContact>()
  return new Map(
    leads.map((lead) => [lead.id, { lead, contact: contacts.get(mainContactId(lead) ?? Number.NaN) }]),
  )
}

export function mainContactId(lead: AmocrmLead): number | null {
  const links = lead._embedded?.contacts ?? []
  return (links.find((link) => link.is_main) ?? links[0])?.id ?? null
}

export const tagsOf = (lead: AmocrmLead): string[] => (lead._embedded?.tags ?? []).map((tag) => tag.name)

/** The person of a contact, in the form in which we search: phones, e-mail and username as they are really written. */
export function personOf(contact: AmocrmContact | undefined, business: Business): Person {
  const values = contact?.custom_fields_values ?? []
  const read = readPerson(
    {
      phones: valuesOfField(values, 'PHONE'),
      telegram: valuesOfField(values, business.amocrm.contactTelegramField).join('\n'),
    },
    business.country,
  )
  return {
    name: clip(contact?.first_name || contact?.name || '', 200) || null,
    phones: read.phones,
    email:
      valuesOfField(values, 'EMAIL')
        .map(emailOf)
        .find((email) => email !== null) ?? null,
    telegram: read.username,
  }
}

/** Nobody has more phones or addresses. */
const mostValues = 16

export function valuesOfField(values: AmocrmContact['custom_fields_values'], code: string): string[] {
  const field = values.find(
    (one) => one.field_code === code || String(one.field_id) === code || one['field_name'] === code,
  )
  return (field?.values ?? [])
    .slice(0, mostValues)
    .map(({ value }) => value)
    .filter((value) => value !== undefined && value !== null && value !== '')
    .map(String)
}
