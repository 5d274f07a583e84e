import { texts } from '../../../../texts/index.ts'
import type { Queryable } from '../../database/pool.ts'
import type { Lead } from '../../leads/lead.ts'
import type { BotMode } from './bot-client.ts'
import { newestConnection } from './business-connections.ts'
import { makeStartToken } from './start-tokens.ts'

/** A link by which this lead, and nobody else, begins the conversation; null while no account has made the bot its secretary. */
export async function inviteLink(
  tx: Queryable,
  lead: Lead,
  { mode, username }: { mode: BotMode; username: string },
): Promise<string | null> {
  if (mode === 'bot') return `https://t.me/${username}?start=${await makeStartToken(tx, lead.id)}`
  const secretary = await newestConnection(tx)
  if (!secretary?.enabled || !secretary.username) return null
  const token = await makeStartToken(tx, lead.id)
  // Telegram writes this into the lead's field for a message; the mark tells us who it is.
  const words = `${texts[lead.language ?? 'ru'].lead.ownFirstWords} (${token})`
  return `https://t.me/${secretary.username}?text=${encodeURIComponent(words)}`
}
