import type { Messenger, Peer } from '../messenger.ts'
import { MessengerError } from '../messenger-error.ts'
import type { BotPorts } from './bot-client.ts'
import type { BotLife } from './bot-life.ts'
import { ownerOf } from './bot-account.ts'
import { newestConnection } from './business-connections.ts'
import { type LimitKind, withinLimits } from '../pace/limits.ts'
import { quietly } from '../quietly.ts'
import { downloadFile } from './download-file.ts'
import { sendOnce } from './send-once.ts'

/** What a bot does in a chat: its own, or one of an account that made it its secretary. */
export function botChats(
  ports: BotPorts,
  { client, needOnline }: BotLife,
): Pick<Messenger, 'markRead' | 'typing' | 'sendText' | 'download'> {
  const { db } = ports
  const { api, ask, mode } = client
  const within = <Value>({ accountId, peerId }: Peer, kind: LimitKind, call: () => Promise<Value>) =>
    withinLimits(ports, { accountId, kind, peerId }, () => ask(call))
  /** Cosmetic: what goes wrong here must not keep the words back. */
  const sign = (peer: Peer, call: () => Promise<unknown>) => quietly(ports.log, within(peer, 'signs', call))

  /** What goes with each call in this chat: nothing in the bot's own, the connection in an account's. */
  async function optionsFor({ accountId }: Peer): Promise<{ business_connection_id?: string }> {
    needOnline()
    const owner = ownerOf(accountId)
    if (mode === 'bot' && owner === null) return {}
    const connection = owner === null ? undefined : await newestConnection(db, owner)
    if (!connection?.enabled)
      throw new MessengerError('write-forbidden', 'The account is no longer connected to the bot')
    if (!connection.can_reply)
      throw new MessengerError('write-forbidden', 'The bot may not reply in the name of the account')
    return { business_connection_id: connection.id }
  }

  return {
    markRead: async (peer) => {
      const owner = ownerOf(peer.accountId)
      if (owner === null) return
      const { business_connection_id: connectionId } = await optionsFor(peer)
      const { rows } = await db.query<{ newest: number | null }>(
        `select max(channel_message_id) as newest from messages
         where account_id = $1 and peer_id = $2 and direction = 'in'`,
        [peer.accountId, peer.peerId],
      )
      const connection = await newestConnection(db, owner)
      const newest = rows[0]?.newest
      if (!newest || !connectionId || !connection?.can_read) return
      await sign(peer, () => api.readBusinessMessage(connectionId, peer.peerId, newest))
    },
    typing: async (peer) => {
      const options = await optionsFor(peer)
      await sign(peer, () => api.sendChatAction(peer.peerId, 'typing', options))
    },
    sendText: async (peer, text, key) => {
      const options = await optionsFor(peer)
      return sendOnce(db, peer, key, async () => {
        const sent = await within(peer, 'send', () =>
          api.sendMessage(peer.peerId, text, { ...options, link_preview_options: { is_disabled: true } }),
        )
        return { messageId: sent.message_id, at: new Date(sent.date * 1000) }
      })
    },
    download: async (peer, messageId, maxBytes) => {
      needOnline()
      const { rows } = await db.query<{ file_id: string | null }>(
        `select media ->> 'fileId' as file_id from messages
         where account_id = $1 and peer_id = $2 and channel_message_id = $3`,
        [peer.accountId, peer.peerId, messageId],
      )
      const fileId = rows[0]?.file_id
      if (!fileId) return null
      const fetching = within(peer, 'files', () => downloadFile(api, { ...client, fileId, maxBytes }))
      return fetching.catch((error: MessengerError) => {
        if (/file_id|file is too big/i.test(error.message)) return null
        throw error
      })
    },
  }
}
