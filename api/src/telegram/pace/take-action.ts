import type { PoolClient } from 'pg'
import { type Database, inTransaction } from '../../database/pool.ts'

export type Budget = {
  kind: 'lookup' | 'send' | 'history' | 'dialogs'
  /** At most so many in `windowMs`, and none sooner than `gapMs` after the last one. */
  most: number
  windowMs: number
  gapMs: number
  /** With it the gap is between actions to this person only. */
  peerId?: number
}

/**
 * Takes one action out of an account's budget, which all processes share.
 * @returns null when it was taken, else when to ask again
 */
export function takeAction(db: Database, accountId: string, now: Date, budget: Budget): Promise<Date | null> {
  return inTransaction(db, async (tx) => {
    const account = await tx.query('select from telegram_accounts where id = $1 for update', [accountId])
    // A bot has no pace of a person's account.
    if (account.rowCount === 0) return null
    const until = await freeAt(tx, accountId, now, budget)
    if (until) return until
    await tx.query('insert into telegram_actions (account_id, kind, peer_id, at) values ($1, $2, $3, $4)', [
      accountId,
      budget.kind,
      budget.peerId ?? null,
      now,
    ])
    return null
  })
}

async function freeAt(
  tx: PoolClient,
  accountId: string,
  now: Date,
  { kind, most, windowMs, gapMs, peerId }: Budget,
): Promise<Date | null> {
  const { rows } = await tx.query<{ at: Date; peer_id: number | null }>(
    'select at, peer_id from telegram_actions where account_id = $1 and kind = $2 and at > $3 order by at desc',
    [accountId, kind, new Date(now.getTime() - Math.max(windowMs, gapMs))],
  )
  const inWindow = rows.filter(({ at }) => at.getTime() > now.getTime() - windowMs)
  const last = rows.find((row) => peerId === undefined || row.peer_id === peerId)
  const full = inWindow[most - 1]
  const ends = [full ? full.at.getTime() + windowMs : 0, last ? last.at.getTime() + gapMs : 0]
  const end = Math.max(...ends)
  return end > now.getTime() ? new Date(end) : null
}
