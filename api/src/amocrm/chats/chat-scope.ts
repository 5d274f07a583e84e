import type { App, Ports } from '../../app.ts'
import { AmocrmError } from '../amocrm-error.ts'
import { type ChatsClient, createChats } from './chats-client.ts'

export type ChatScope = { chats: ChatsClient; scopeId: string; accountId: string }

const clients = new WeakMap<object, ChatsClient>()

/** The connected channel; connects it the first time. Null when none is configured. @throws AmocrmError */
export async function chatScopeOf(app: App): Promise<ChatScope | null> {
  const settings = app.config.amocrm.chats
  if (!settings) return null
  const chats = clients.get(settings) ?? createChats(settings)
  clients.set(settings, chats)
  const { rows } = await app.db.query<{ scope: string; account: string }>(
    `select value ->> 'scopeId' as scope, value ->> 'accountId' as account from cursors
     where name = 'amocrm.chats' and value ->> 'channelId' = $1`,
    [settings.channelId],
  )
  if (rows[0]) return { chats, scopeId: rows[0].scope, accountId: rows[0].account }
  const account = await app.amocrm.account()
  if (!account?.amojo_id) throw new AmocrmError(0, 'the account has no chats (amojo_id)', { unsent: true })
  const scopeId = await chats.connect(account.amojo_id, app.business.company.name[app.business.language])
  await app.db.query(
    `insert into cursors (name, value) values ('amocrm.chats', $1)
     on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [JSON.stringify({ channelId: settings.channelId, scopeId, accountId: account.amojo_id })],
  )
  return { chats, scopeId, accountId: account.amojo_id }
}

/** After an error that says that the channel is not connected: the integration was switched off and on again. */
export const forgetChatScope = (app: Ports<'db'>) =>
  app.db.query(`delete from cursors where name = 'amocrm.chats'`)
