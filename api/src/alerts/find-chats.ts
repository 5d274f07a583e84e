import type { Ports } from '../app.ts'
import { createBotApi } from '../telegram/bot/bot-api.ts'

export type AlertChat = { id: number; name: string }

/** Who wrote to the bot of the alerts lately: their numbers go into business.yaml. @throws GrammyError, HttpError of Telegram */
export async function findChats({ config }: Ports<'config'>): Promise<AlertChat[]> {
  const { botToken, botRoot, botProxy } = config.alerts
  if (botToken === null) return []
  const { api } = createBotApi({ token: botToken, root: botRoot, proxy: botProxy }, 10)
  const updates = await api.getUpdates({ timeout: 0, limit: 100, allowed_updates: ['message'] })
  const chats = updates.flatMap(({ message }) => (message ? [message.chat] : []))
  const named = chats.map((chat): AlertChat => {
    const person = [chat.first_name, chat.last_name].filter(Boolean).join(' ')
    return { id: chat.id, name: chat.title ?? (person || chat.username || String(chat.id)) }
  })
  return [...new Map(named.map((chat) => [chat.id, chat])).values()]
}
