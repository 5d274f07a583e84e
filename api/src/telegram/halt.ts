import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { type Database, inTransaction, type Queryable } from '../database/pool.ts'
import type { Delivery } from '../outbox/deliver.ts'

/** Whether people have stopped all sending. What is queued waits. */
export async function isHalted(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ is_on: boolean }>(
    `select is_on from switches where name = 'telegram_halted'`,
  )
  return rows[0]?.is_on ?? false
}

/** Stops all sending to Telegram, of all accounts and processes, or lets it go on. */
export const setHalted = (
  db: Database,
  halted: boolean,
  { by, reason }: { by: string; reason: string | null },
) =>
  inTransaction(db, async (tx) => {
    await tx.query(
      `insert into switches (name, is_on, by, reason) values ('telegram_halted', $1, $2, $3)
       on conflict (name) do update set is_on = excluded.is_on, by = excluded.by, reason = excluded.reason, changed_at = now()`,
      [halted, by, reason],
    )
    await audit(tx, {
      actor: by,
      action: halted ? 'telegram.halted' : 'telegram.resumed',
      details: { reason },
    })
  })

/** What a halt means for a message: it waits. */
export const halted = (app: Ports<'now'>): Delivery => ({
  outcome: 'wait',
  reason: 'sending is stopped by hand',
  until: new Date(app.now().getTime() + 5000),
})
