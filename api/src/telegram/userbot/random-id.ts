import { createHash } from 'node:crypto'
import { Long } from '@mtcute/node'

/**
 * The number by which Telegram knows a message that is sent again: the first 8 bytes of a hash of account and key, signed, never
 * 0. It comes from the outbox row, so that however often a send is repeated, the person sees the message once.
 */
export function randomId(accountId: string, key: string): Long {
  const hash = createHash('sha256').update(`tg:${accountId}:${key}`).digest()
  const id = Long.fromBytesBE([...hash.subarray(0, 8)], false)
  return id.isZero() ? Long.ONE : id
}
