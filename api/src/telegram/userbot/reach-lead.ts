import { MtPeerNotFoundError, type TelegramClient, tl } from '@mtcute/node'
import type { Lead } from '../../leads/lead.ts'
import type { Unreachable } from '../messenger.ts'

const callMs = 30_000

/**
 * Finds the lead in Telegram: by the id known from before, by username, by phone. Looked up once; the answer is kept with the
 * conversation by the caller.
 */
export async function reachLead(
  client: TelegramClient,
  lead: Lead,
  knownPeerId: number | null,
): Promise<{ peerId: number } | { unreachable: Unreachable; detail: string }> {
  if (knownPeerId) return { peerId: knownPeerId }
  if (lead.telegram_username) {
    const peer = await orNobody(() => client.resolvePeer(lead.telegram_username!))
    if (peer?._ === 'inputPeerUser') return { peerId: peer.userId }
  }
  if (lead.phone) {
    const resolved = await orNobody(() =>
      client.call(
        { _: 'contacts.resolvePhone', phone: lead.phone!.replace('+', '') },
        { abortSignal: AbortSignal.timeout(callMs) },
      ),
    )
    if (resolved?.peer._ === 'peerUser') return { peerId: resolved.peer.userId }
  }
  if (!lead.telegram_username && !lead.phone)
    return { unreachable: 'no-address', detail: 'The card has neither a Telegram username nor a phone' }
  return {
    unreachable: 'not-found',
    detail: 'Nobody in Telegram has this username or phone, or their privacy hides it',
  }
}

const nobody = [
  'USERNAME_NOT_OCCUPIED',
  'USERNAME_INVALID',
  'PHONE_NOT_OCCUPIED',
  'PHONE_NUMBER_INVALID',
] as const

async function orNobody<Value>(look: () => Promise<Value>): Promise<Value | null> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof MtPeerNotFoundError) return null
    if (tl.RpcError.is(error) && (nobody as readonly string[]).includes(error.text)) return null
    throw error
  }
}
