import { type Vendor, vendorSchema } from '@lead/contract'
import type { Ports } from '../app.ts'
import type { Queryable } from '../database/pool.ts'
import { resumeTurns } from '../turns/engine/engine.ts'
import { outageEnded } from './tell-card.ts'
import type { Service } from './services.ts'

type Row = {
  service: Service
  since: Date
  reason: string
  away: boolean
  alerted: boolean
  alert_lead_id: number | null
}

const isVendor = (service: Service): service is Vendor => vendorSchema.safeParse(service).success

/** Notes that a service answered: what waited for it goes on at once. Of one vendor: there are models again. */
export async function noteSuccess(
  app: Ports<'business' | 'log' | 'wake'>,
  db: Queryable,
  service: Service,
): Promise<void> {
  const back: Service[] = isVendor(service) ? [service, 'models'] : [service]
  const { rows } = await db.query<Row>(
    `delete from outages where service = any($1)
     returning service, since, reason, probe_at is not null as away, alerted_at is not null as alerted, alert_lead_id`,
    [back],
  )
  for (const row of rows) if (row.alerted) await outageEnded(app, db, { ...row, leadId: row.alert_lead_id })
  if (!rows.some(({ away }) => away)) return
  if ((await resumeTurns(db, back)) > 0) app.wake.up('turns')
}
