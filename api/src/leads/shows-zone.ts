import { sureOf } from './know-lead.ts'
import type { Lead } from './lead.ts'

/** Whether times told to the lead need the name of the zone: it is not that of every seller, or we are not sure that it is the lead's. */
export const showsZone = (
  lead: Pick<Lead, 'zone_confidence'>,
  timeZone: string,
  sellers: { timeZone: string }[],
): boolean =>
  (lead.zone_confidence ?? 0) < sureOf.card || sellers.some((seller) => seller.timeZone !== timeZone)
