import { type Vendor, vendors } from '@lead/contract'
import type { Ports } from '../app.ts'
import { whoIsAway } from '../outages/who-is-away.ts'

/** Whom to ask in this turn, the first one first. Empty: nobody is there, and it is not the time for a probe. */
export async function chooseVendors(app: Ports<'db'>): Promise<Vendor[]> {
  const away = await whoIsAway(app.db, [...vendors])
  return vendors.filter((vendor) => !away.has(vendor))
}
