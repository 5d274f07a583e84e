import { audit } from '../database/audit.ts'
import type { Queryable } from '../database/pool.ts'

/** How an account was found to be the lead, see docs/identity.md. `sign` is the phone or username that led there. */
export type Bond = { by: 'link'; sign: null } | { by: 'contact' | 'phone' | 'username'; sign: string }

/**
 * From now on this lead is this Telegram account, and no other one speaks for it. Only a new one-time link, which a human gave to
 * the person, moves a lead that is bound.
 * @returns whether the lead is this account now
 */
export async function bindTelegram(
  tx: Queryable,
  leadId: number,
  accountId: number,
  bond: Bond,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update leads set telegram_user_id = $2, bound_by = $3, bound_sign = $4, updated_at = now()
     where id = $1 and (telegram_user_id is null or $3 = 'link' and telegram_user_id <> $2)`,
    [leadId, accountId, bond.by, bond.sign],
  )
  if (rowCount) {
    await audit(tx, {
      actor: 'system',
      action: 'lead.bound',
      leadId,
      details: { telegramId: accountId, by: bond.by },
    })
    return true
  }
  const { rows } = await tx.query<{ same: boolean }>(
    'select telegram_user_id = $2 as same from leads where id = $1',
    [leadId, accountId],
  )
  return rows[0]?.same ?? false
}
