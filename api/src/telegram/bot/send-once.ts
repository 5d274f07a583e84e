import type { Queryable } from '../../database/pool.ts'
import { faultPoint } from '../../process/fault-point.ts'
import type { Peer, Sent } from '../messenger.ts'
import { MessengerError } from '../messenger-error.ts'

/**
 * Sends what `key` names at most once. The Bot API knows no id of ours for a message, so it is noted first that it may go out:
 * whoever finds that note without an outcome does not know whether it did, and does not send again.
 * @throws MessengerError `unknown` in that case, else what `send` throws
 */
export async function sendOnce(
  db: Queryable,
  peer: Peer,
  key: string,
  send: () => Promise<Sent>,
): Promise<Sent> {
  const begun = await db.query(
    `insert into telegram_sends (key, account_id, peer_id, state) values ($1, $2, $3, 'sending')
     on conflict (key) do nothing`,
    [key, peer.accountId, peer.peerId],
  )
  if (!begun.rowCount) return earlierOutcome(db, key)
  faultPoint('bot.send-noted')
  try {
    const sent = await send()
    await db.query(`update telegram_sends set state = 'sent', message_id = $2, sent_at = $3 where key = $1`, [
      key,
      sent.messageId,
      sent.at,
    ])
    return sent
  } catch (error) {
    const refused = error instanceof MessengerError && error.code !== 'unknown'
    if (refused) await db.query(`delete from telegram_sends where key = $1 and state = 'sending'`, [key])
    throw error
  }
}

async function earlierOutcome(db: Queryable, key: string): Promise<Sent> {
  const { rows } = await db.query<{ state: string; message_id: number | null; sent_at: Date | null }>(
    'select state, message_id, sent_at from telegram_sends where key = $1',
    [key],
  )
  const earlier = rows[0]
  if (earlier?.state === 'sent') return { messageId: earlier.message_id, at: earlier.sent_at }
  throw new MessengerError(
    'unknown',
    'An earlier try ended without an answer, so the message may have been delivered or not',
  )
}
