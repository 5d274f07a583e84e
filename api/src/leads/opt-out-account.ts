import type { Queryable } from '../database/pool.ts'
import { type Language, lockLead, type OptOutSource } from './lead.ts'
import { optOut } from './stop-writing.ts'

/** Who says stop is written to no more: not about this lead, and not about another one that is bound to the same account. */
export async function optOutAccount(
  tx: Queryable,
  { leadId, language, source }: { leadId: number; language: Language; source: OptOutSource },
): Promise<void> {
  const { rows } = await tx.query<{ id: number; language: Language | null }>(
    `select id, language from leads where id = $1
     union select other.id, other.language from leads l
     join leads other on other.telegram_user_id = l.telegram_user_id where l.id = $1
     order by id`,
    [leadId],
  )
  for (const one of rows) {
    await lockLead(tx, one.id)
    await optOut(tx, {
      leadId: one.id,
      language: one.language ?? language,
      source: one.id === leadId ? source : 'other_lead',
    })
  }
}

/** A lead in which this Telegram account asked not to be written to; null when there is none. */
export async function optOutOfAccount(tx: Queryable, accountId: number): Promise<number | null> {
  const { rows } = await tx.query<{ id: number }>(
    'select id from leads where telegram_user_id = $1 and opted_out_at is not null order by id desc limit 1',
    [accountId],
  )
  return rows[0]?.id ?? null
}
