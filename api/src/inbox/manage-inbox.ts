import { audit } from '../database/audit.ts'
import { type Database, inTransaction, type Queryable } from '../database/pool.ts'

export const inboxStates = ['dead', 'received', 'processed', 'unreadable', 'failed', 'dropped'] as const
export type InboxState = (typeof inboxStates)[number]

export type InboxEntry = {
  id: number
  source: string
  state: Exclude<InboxState, 'dead'>
  attempts: number
  receivedAt: Date
  runAt: Date
  reason: string | null
  /** In bytes. */
  size: number
}

/** Events of the given state, oldest first; `dead`: those that need a human, unreadable or failed for good. */
export async function listInbox(db: Queryable, state: InboxState, limit: number): Promise<InboxEntry[]> {
  const { rows } = await db.query<InboxEntry>(
    `select id, source, state, attempts, received_at as "receivedAt", run_at as "runAt", reason, octet_length(body) as size
     from inbox_events where state = any($1) order by id limit $2`,
    [state === 'dead' ? ['unreadable', 'failed'] : [state], limit],
  )
  return rows
}

/** Works a dead letter once more, from now. False when the event is not dead. */
export const retryEvent = (db: Database, id: number, by: string) =>
  change(
    db,
    id,
    by,
    'inbox.retried',
    `update inbox_events set state = 'received', run_at = now(), attempts = 0, processed_at = null, claimed_by = null
     where id = $1 and state in ('unreadable', 'failed')`,
  )

/** Gives up a dead letter: it stays, and needs nobody any more. False when the event is not dead. */
export const dropEvent = (db: Database, id: number, by: string) =>
  change(
    db,
    id,
    by,
    'inbox.dropped',
    `update inbox_events set state = 'dropped' where id = $1 and state in ('unreadable', 'failed')`,
  )

async function change(
  db: Database,
  id: number,
  by: string,
  action: string,
  statement: string,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { rowCount } = await tx.query(statement, [id])
    if (rowCount === 0) return false
    await audit(tx, { actor: by, action, details: { event: id } })
    return true
  })
}
