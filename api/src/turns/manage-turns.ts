import { audit } from '../database/audit.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import type { Ports } from '../app.ts'
import { texts } from '../../../texts/index.ts'
import { lockLead } from '../leads/lead.ts'
import { setControl } from '../leads/set-control.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { scheduleTurn } from './engine/engine.ts'

export const turnLists = ['failed', 'held', 'shadow'] as const
export type TurnList = (typeof turnLists)[number]

export type TurnEntry = {
  id: number
  leadId: number
  kind: string
  since: Date
  /** Why it failed, or what it waits for. */
  reason: string | null
  /** What was decided: the action, the text to the lead, the line for the card, the time. */
  decided: { action: string; reply: string; note: string; time: string | null } | null
}

/** A human has these leads because the turn failed, and nobody has done anything else with them since. */
const isLeft = `t.state = 'failed' and exists (select from leads l where l.id = t.lead_id
  and l.control = 'human' and l.control_source = 'failure' and l.opted_out_at is null)
  and not exists (select from turns later where later.lead_id = t.lead_id and later.id > t.id)`
const entry = `t.id, t.lead_id as "leadId", t.kind, coalesce(t.finished_at, t.decided_at, t.first_event_at) as since,
  t.last_error as reason,
  case when t.decision is not null then jsonb_build_object('action', t.decision -> 'sales' ->> 'action',
    'reply', t.decision -> 'sales' ->> 'reply', 'note', t.decision -> 'sales' ->> 'note',
    'time', (select o ->> 'label' from jsonb_array_elements(t.decision -> 'offers') o
             where o ->> 'id' = t.decision -> 'sales' ->> 'offerId')) end as decided`
const newest: Record<TurnList, string> = {
  failed: `select ${entry} from turns t where ${isLeft} order by t.id desc limit $1`,
  held: `select ${entry} from turns t where t.held_by is not null order by t.id desc limit $1`,
  shadow: `select ${entry} from turns t where t.is_shadow and t.decision is not null order by t.id desc limit $1`,
}

/** Turns that people have to look at or wonder about: `failed`: a human has the lead; `held`: a service is away; `shadow`: only thought. */
export async function listTurns(db: Queryable, list: TurnList, limit = 100): Promise<TurnEntry[]> {
  const { rows } = await db.query<TurnEntry>(newest[list], [limit])
  return rows
}

/**
 * Gives a lead whose turn failed back to the assistant, which thinks anew; the human's task is closed. @returns false when the turn did not
 * fail, or something else has happened with the lead since
 */
export async function retryTurn(
  app: Ports<'business' | 'db' | 'wake'>,
  id: number,
  by: string,
): Promise<boolean> {
  const done = await inTransaction(app.db, async (tx) => {
    const { rows: named } = await tx.query<{ lead_id: number }>('select lead_id from turns where id = $1', [
      id,
    ])
    if (!named[0]) return false
    const { lead_id: leadId } = named[0]
    await lockLead(tx, leadId)
    const { rows } = await tx.query<{
      kind: 'first_touch' | 'answer' | 'follow_up' | 'reminder' | 'no_show'
    }>(`select t.kind from turns t where t.id = $1 and t.kind <> 'operator' and ${isLeft}`, [id])
    const [turn] = rows
    if (!turn) return false
    await setControl(tx, leadId, {
      control: 'ai',
      source: 'operator',
      by,
      reason: 'the failed turn is tried again',
    })
    await scheduleTurn(tx, { leadId, kind: turn.kind, quietMs: 0, longestMs: 0 })
    await enqueue(tx, {
      leadId,
      turnId: id,
      channel: 'amocrm',
      key: `turn:${id}:handover:over`,
      payload: {
        kind: 'task_done',
        of: `turn:${id}:handover`,
        result: texts[app.business.language].task.triedAgain,
      },
    })
    await audit(tx, { actor: by, action: 'turn.retried', leadId, turnId: id, details: {} })
    return true
  })
  if (done) for (const work of ['turns', 'amocrm'] as const) app.wake.up(work)
  return done
}

/** The same for all of them. @returns how many */
export async function retryAllTurns(app: Ports<'business' | 'db' | 'wake'>, by: string): Promise<number> {
  let done = 0
  for (const { id } of await listTurns(app.db, 'failed', 1000)) if (await retryTurn(app, id, by)) done += 1
  return done
}
