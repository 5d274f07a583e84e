import { audit } from '../database/audit.ts'
import type { Ports } from '../app.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import type { Lead } from './lead.ts'
import { setControl } from './set-control.ts'

/** The card was deleted in amoCRM: nothing is written to the person or the card any more. */
export async function cardIsGone(app: Ports<'db'>, leadId: number): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const { rows } = await tx.query<Lead>(
      `update leads set card_gone_at = now() where id = $1 and card_gone_at is null returning *`,
      [leadId],
    )
    if (!rows[0]) return
    await setControl(tx, leadId, {
      control: 'human',
      source: 'card',
      by: 'amocrm',
      reason: 'the lead was deleted in amoCRM',
    })
    await tx.query(
      `update outbox set state = 'cancelled', finished_at = now(), last_error = 'the lead was deleted in amoCRM'
       where lead_id = $1 and channel = 'amocrm' and state = 'pending'`,
      [leadId],
    )
  })
}

/** It was taken out of the bin: whether the assistant goes on is for a human to say. */
export async function cardIsBack(tx: Queryable, leadId: number): Promise<void> {
  await tx.query('update leads set card_gone_at = null where id = $1', [leadId])
  const reason = 'restored in amoCRM: a human decides'
  await setControl(tx, leadId, { control: 'human', source: 'card', by: 'amocrm', reason })
  await audit(tx, { actor: 'amocrm', action: 'lead.restored', leadId })
}
