import type { App } from '../app.ts'
import { cardIsGone } from '../leads/card-gone.ts'
import { followCard } from '../leads/follow-card.ts'
import { findLead, type Lead, requireLead } from '../leads/lead.ts'
import type { Delivery } from '../outbox/deliver.ts'
import type { AmocrmPayload } from '../outbox/enqueue.ts'
import { accountMapOf } from './account-map.ts'
import { isRefusal } from './amocrm-error.ts'
import { changedFields, partAt, partsOf, patchOf, targetStatus } from './lead-patch.ts'
import { tellLeftOut } from './tell-left-out.ts'
import { writeParts } from './write-parts.ts'

type Row = {
  lead_id: number
  attempts: number
  payload: Extract<AmocrmPayload, { kind: 'lead' }>
}

/**
 * Writes stage, fields, loss reason and tags of a lead. The parts do not depend on each other: what the account cannot take is left
 * out and told on the card, the rest is written.
 */
export async function writeLead(
  app: App,
  { lead_id: leadId, payload, attempts }: Row,
  known: Lead,
): Promise<Delivery> {
  const map = await accountMapOf(app)
  let lead = known
  if (targetStatus(map, lead, payload)) {
    // A human may have moved the card since we last looked, and then theirs counts.
    const card = await app.amocrm.leadAmongOthers(leadId)
    if (!card || card.is_deleted) {
      await cardIsGone(app, leadId)
      return { outcome: 'cancelled', reason: 'the lead was deleted in amoCRM' }
    }
    await followCard(app, { lead: card, contact: undefined }, { announced: false })
    lead = await requireLead(findLead(app.db, leadId))
  }
  const target = targetStatus(map, lead, payload)
  const { parts, unfit } = partsOf(map, payload, target, changedFields(map, lead, payload.fields))
  await tellLeftOut(app, lead, map, { unfit, refused: [] })
  if (parts.length === 0) return { outcome: 'done', result: { unchanged: true } }
  if (target) {
    await app.db.query('update leads set written_pipeline_id = $2, written_status_id = $3 where id = $1', [
      leadId,
      target.pipelineId,
      target.statusId,
    ])
  }
  let writtenAt: Date | null = null
  const send = async (some: typeof parts) => {
    const { updatedAt } = await app.amocrm.updateLead(leadId, patchOf(some))
    writtenAt = updatedAt ?? writtenAt
  }
  try {
    await send(parts)
    await written(app, leadId, parts, writtenAt)
    return { outcome: 'done' }
  } catch (error) {
    if (!isRefusal(error)) throw error
    // Somebody may have removed a status or a field: what we know of the account is read anew, once.
    if (attempts === 1) throw error
  }
  const refused = await writeParts(parts, send, partAt)
  const leftOut = new Set(refused.map(({ part }) => part))
  const taken = parts.filter((part) => !leftOut.has(part))
  await written(app, leadId, taken, writtenAt)
  await tellLeftOut(app, lead, map, { unfit: [], refused })
  const [first] = refused
  if (first && taken.length === 0) return { outcome: 'never', reason: first.reason }
  return { outcome: 'done', result: { leftOut: refused.map(({ part }) => nameOf(part)) } }
}

const nameOf = (part: ReturnType<typeof partsOf>['parts'][number]) =>
  part.what === 'field' ? part.name : part.what

/**
 * What amoCRM took is what the card has now, unless the card was read meanwhile: what it says is newer. A card that another process
 * read before `writtenAt`, and follows only now, is older: its status is no human's.
 */
async function written(
  app: Pick<App, 'db'>,
  leadId: number,
  parts: ReturnType<typeof partsOf>['parts'],
  writtenAt: Date | null,
): Promise<void> {
  const fields = Object.fromEntries(
    parts.flatMap((part) => (part.what === 'field' ? [[part.name, part.value]] : [])),
  )
  await app.db.query('update leads set written_fields = written_fields || $2::jsonb where id = $1', [
    leadId,
    fields,
  ])
  const status = parts.find((part) => part.what === 'status')
  await app.db.query(
    `update leads set pipeline_id = coalesce($2, pipeline_id), status_id = coalesce($3, status_id),
       written_pipeline_id = null, written_status_id = null, card_updated_at = greatest(card_updated_at, $4)
     where id = $1 and ($2::bigint is null or written_pipeline_id = $2 and written_status_id = $3)`,
    [leadId, status?.target.pipelineId ?? null, status?.target.statusId ?? null, writtenAt],
  )
}
