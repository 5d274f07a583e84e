import type { App, Ports } from '../../app.ts'
import { recordInbound } from '../../conversations/record-inbound.ts'
import type { TelegramMessage } from '../telegram-message.ts'
import { inTransaction } from '../../database/pool.ts'
import type { Language } from '../../leads/lead.ts'
import { optOut } from '../../leads/stop-writing.ts'
import { answerCommand, readCommand } from './answer-command.ts'
import { botAccount, secretaryAccount } from './bot-account.ts'
import type { BotMessage, BotUpdate } from './bot-update.ts'
import { saveConnection } from './business-connections.ts'
import { bindLead } from './bind-lead.ts'
import { takeStartToken } from './start-tokens.ts'
import { toReaction, toTelegramMessage } from './to-telegram-message.ts'

/** Does what a stored update of the bot means. Repeating it changes nothing. @returns in words what it was */
export async function hearUpdate(app: App, update: BotUpdate): Promise<string> {
  if (update.business_connection) {
    await saveConnection(app.db, update.business_connection)
    app.wake.up('telegram')
    return update.business_connection.is_enabled
      ? 'a secretary was connected'
      : 'a secretary was disconnected'
  }
  if (update.my_chat_member) return hearMembership(app, update.my_chat_member)
  if (update.business_message) return hearBusinessMessage(app, update.business_message, 'new')
  if (update.edited_business_message)
    return hearBusinessMessage(app, update.edited_business_message, 'edited')
  if (update.deleted_business_messages) return hearDeletion(app, update.deleted_business_messages)
  if (update.message) return hearMessage(app, update.message, 'new')
  if (update.edited_message) return hearMessage(app, update.edited_message, 'edited')
  if (update.message_reaction) {
    const kept = toReaction(update.message_reaction, botAccount)
    return kept ? recordInbound(app, kept) : 'nothing for us'
  }
  return 'nothing for us'
}

/** In a private chat `kicked` means: the person blocked the bot. */
async function hearMembership(
  app: Ports<'business' | 'db' | 'wake'>,
  change: NonNullable<BotUpdate['my_chat_member']>,
): Promise<string> {
  if (change.chat.type !== 'private' || change.new_chat_member.status !== 'kicked') return 'nothing for us'
  const { rows } = await app.db.query<{ id: number; language: Language | null }>(
    `select l.id, l.language from leads l join conversations c on c.lead_id = l.id
     where c.account_id = $1 and c.peer_id = $2 and l.opted_out_at is null`,
    [botAccount, change.chat.id],
  )
  for (const { id: leadId, language } of rows) {
    await inTransaction(app.db, (tx) =>
      optOut(tx, { leadId, language: language ?? app.business.language, source: 'blocked' }),
    )
  }
  app.wake.up('amocrm')
  return 'the person blocked the bot'
}

async function hearMessage(app: App, message: BotMessage, event: 'new' | 'edited'): Promise<string> {
  if (message.chat.type !== 'private' || !message.from || message.from.is_bot) return 'nothing for us'
  const command = event === 'new' ? readCommand(message.text) : null
  if (command) return answerCommand(app, message, command)
  if (app.config.telegram.mode === 'secretary') return 'the secretary talks in the chats of its account only'
  const kept = toTelegramMessage(message, { accountId: botAccount, ownerId: null, event })
  return kept ? record(app, kept, message) : 'nothing for us'
}

async function hearBusinessMessage(app: App, message: BotMessage, event: 'new' | 'edited'): Promise<string> {
  const connectionId = message.business_connection_id
  if (message.chat.type !== 'private' || !connectionId) return 'nothing for us'
  const ownerId = (await app.telegram.ownerOfConnection?.(connectionId)) ?? null
  if (ownerId === null) return 'Telegram does not know this connection'
  const accountId = secretaryAccount(ownerId)
  const kept = toTelegramMessage(message, { accountId, ownerId, event })
  if (!kept) return 'our own words'
  const [mark, token] = (kept.outgoing ? null : /\s*\(([\w-]{22})\)/.exec(kept.text)) ?? []
  if (!mark || !token) return record(app, kept, message)
  const used = await takeStartToken(app.db, token, kept.peerId)
  if (used?.outcome !== 'used' && used?.outcome !== 'used before') return record(app, kept, message)
  await bindLead(app, used.leadId, { accountId, peerId: kept.peerId })
  // The mark was for us, not for the conversation.
  return record(app, { ...kept, text: kept.text.replace(mark, '') }, message)
}

/** Keeps the words with their lead. */
async function record(app: App, kept: TelegramMessage, message: BotMessage): Promise<string> {
  const answer = await recordInbound(app, kept)
  if (answer === 'nobody known' && kept.accountId === botAccount && kept.event === 'new')
    await answerCommand(app, message, { name: 'unknown' })
  return answer
}

/** The person took messages back. Those that were the owner's own are nobody's concern. */
async function hearDeletion(
  app: App,
  {
    business_connection_id: connectionId,
    chat,
    message_ids: ids,
  }: NonNullable<BotUpdate['deleted_business_messages']>,
): Promise<string> {
  const ownerId = (await app.telegram.ownerOfConnection?.(connectionId)) ?? null
  if (ownerId === null) return 'Telegram does not know this connection'
  const base = {
    message_id: 0,
    date: Math.floor(app.now().getTime() / 1000),
    chat: { ...chat, type: 'private' },
    text: '',
  }
  for (const id of ids) {
    const gone = toTelegramMessage(
      { ...base, message_id: id },
      { accountId: secretaryAccount(ownerId), ownerId, event: 'deleted' },
    )
    if (gone) await recordInbound(app, gone)
  }
  return 'messages were taken back'
}
