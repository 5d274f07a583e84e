import type { BusinessConnection } from '../world/business-connection.ts'
import type { Account } from '../world/account.ts'
import type { Chat } from '../world/state.ts'
import { type World, chatKey } from '../world/world.ts'
import type { Bot } from './bot.ts'

/** The connection of this account, active or not: an account has one secretary at most. */
export const connectionOf = ({ state }: World, account: Account): BusinessConnection | undefined =>
  state.businessConnections.find((one) => one.accountId === account.id)

/** The wire form. */
export function toWireConnection(
  { state }: World,
  { id, accountId, connectedAt, rights, enabled }: BusinessConnection,
) {
  const account = state.accounts.find((one) => one.id === accountId)
  const granted = Object.entries(rights).filter(([, value]) => value)
  return {
    id,
    user: {
      id: accountId,
      is_bot: false,
      first_name: account?.firstName ?? '',
      ...(account?.lastName ? { last_name: account.lastName } : {}),
      ...(account?.username ? { username: account.username } : {}),
    },
    user_chat_id: accountId,
    date: Math.floor(Date.parse(connectedAt) / 1000),
    rights: Object.fromEntries(granted),
    is_enabled: enabled,
  }
}

/** Whether the person wrote lately enough for the secretary to answer. */
export function isWindowOpen(world: World, connection: BusinessConnection, personId: number): boolean {
  const chat: Chat | undefined = world.state.chats[chatKey(connection.accountId, personId)]
  const last = chat?.messages.findLast((message) => message.from === 'person')
  return last !== undefined && Date.now() - Date.parse(last.at) < connection.replyWindowMs
}

export const connectionOfBot = ({ state }: World, bot: Bot, id: string): BusinessConnection | undefined =>
  state.businessConnections.find((one) => one.botId === bot.id && one.id === id)
