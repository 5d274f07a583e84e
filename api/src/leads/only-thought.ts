import type { Ports } from '../app.ts'
import type { Queryable } from '../database/pool.ts'
import { findLead, type Lead, requireLead } from './lead.ts'

export const notAGuest = 'not a guest (`mode: guests` in config/business.yaml)'
export const inShadow = 'only thought (`mode: shadow` in config/business.yaml)'

/** Whether the assistant works this lead, by a tag on its card or a phone of the list. */
export const isWorked = (
  { business, mode }: Ports<'business' | 'mode'>,
  lead: Pick<Lead, 'has_guest_tag' | 'phones'>,
): boolean =>
  mode !== 'guests' ||
  lead.has_guest_tag ||
  lead.phones.some((phone) => business.guests.phones.includes(phone))

/** Why nothing may be done outside for this lead: nothing sent, booked or written; null: it may. Every effect asks here. */
export async function whyOnlyThought(
  app: Ports<'business' | 'mode'>,
  db: Queryable,
  leadId: number,
): Promise<string | null> {
  if (app.mode === 'live') return null
  if (app.mode === 'shadow') return inShadow
  return isWorked(app, await requireLead(findLead(db, leadId))) ? null : notAGuest
}
