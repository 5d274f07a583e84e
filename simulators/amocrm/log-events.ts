import type { Amocrm } from './amocrm.ts'
import { nextId } from './next-id.ts'
import { unixNow } from './clock.ts'

/** Appends to the audit log that `GET /events` reads. */
export function addLogEvent(
  amo: Amocrm,
  type: string,
  entityId: number,
  by: number,
  before: unknown[],
  after: unknown[],
  entity: 'lead' | 'contact' = 'lead',
): void {
  amo.world.events.push({
    id: `01event${String(nextId(amo.world, 'event')).padStart(19, '0')}`,
    type,
    entity,
    entity_id: entityId,
    created_by: by,
    created_at: unixNow(),
    value_before: before,
    value_after: after,
  })
}
