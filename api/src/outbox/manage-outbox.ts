import { audit } from '../database/audit.ts'
import { type Database, inTransaction, type Queryable } from '../database/pool.ts'

export const outboxStates = ['pending', 'sending', 'done', 'cancelled', 'dead'] as const
export type OutboxState = (typeof outboxStates)[number]

export type OutboxEntry = {
  id: number
  leadId: number
  turnId: number | null
  channel: string
  kind: string
  state: OutboxState
  attempts: number
  runAt: Date
  lastError: string | null
}

/** Rows of the given state, oldest first. */
export async function listOutbox(db: Queryable, state: OutboxState, limit = 100): Promise<OutboxEntry[]> {
  const { rows } = await db.query<OutboxEntry>(
    `select id, lead_id as "leadId", turn_id as "turnId", channel, payload ->> 'kind' as kind, state, attempts,
            run_at as "runAt", last_error as "lastError"
     from outbox where state = $1 order by id limit $2`,
    [state, limit],
  )
  return rows
}

/** Sends a dead letter once more, from now. False when the row is not dead. */
export const retryOutbox = (db: Database, id: number, by: string) =>
  change(
    db,
    id,
    by,
    'outbox.retried',
    `update outbox set state = 'pending', run_at = now(), attempts = 0, finished_at = null
    where id = $1 and state = 'dead' returning lead_id`,
  )

/** Gives up a row that is dead or waits. False when it is neither. */
export const dropOutbox = (db: Database, id: number, by: string) =>
  change(
    db,
    id,
    by,
    'outbox.dropped',
    `update outbox set state = 'cancelled', finished_at = now(), last_error = 'dropped by hand'
    where id = $1 and state in ('dead', 'pending') returning lead_id`,
  )

async function change(
  db: Database,
  id: number,
  by: string,
  action: string,
  statement: string,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { rows } = await tx.query<{ lead_id: number }>(statement, [id])
    if (!rows[0]) return false
    await audit(tx, { actor: by, action, leadId: rows[0].lead_id, details: { outbox: id } })
    return true
  })
}
