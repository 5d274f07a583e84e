import { texts } from '../../../../texts/index.ts'
import type { App, Ports } from '../../app.ts'
import { one } from '../../database/pool.ts'
import type { Lead } from '../../leads/lead.ts'
import type { Delivery, OutboxRow } from '../../outbox/deliver.ts'
import type { AmocrmPayload } from '../../outbox/enqueue.ts'
import { AmocrmError } from '../amocrm-error.ts'
import { type ChatScope, chatScopeOf, forgetChatScope } from './chat-scope.ts'
import type { ChatUser } from './chats-client.ts'

type ChatRow = OutboxRow<Extract<AmocrmPayload, { kind: 'chat' | 'chat_status' }>>
type Line = {
  conversation_id: number
  amo_chat_id: string | null
  amo_message_id: string | null
  peer_id: number | null
  author: 'lead' | 'ai' | 'human' | 'system'
  text: string
  at: Date
}

/** Shows one line in the chat on the card, or tells amoCRM whether a manager's answer arrived. */
export async function deliverChat(app: App, row: ChatRow, lead: Lead): Promise<Delivery> {
  try {
    const scope = await chatScopeOf(app)
    if (!scope) return { outcome: 'cancelled', reason: 'no chat channel is configured' }
    const line = await readLine(app, row.payload.messageId)
    return row.payload.kind === 'chat'
      ? await show(app, scope, row, lead, line)
      : await report(scope, row.payload, line)
  } catch (error) {
    // The integration was switched off and on: the next try connects again.
    if (error instanceof AmocrmError && /ORIGIN_NOT_REGISTERED/.test(error.message)) {
      await forgetChatScope(app)
      return { outcome: 'later', reason: error.message }
    }
    throw error
  }
}

const readLine = async (app: Ports<'db'>, messageId: number) =>
  one(
    await app.db.query<Line>(
      `select c.id as conversation_id, c.amo_chat_id, c.peer_id, m.amo_message_id, m.author, m.text,
              coalesce(m.sent_at, m.created_at) as at
       from messages m join conversations c on c.id = m.conversation_id where m.id = $1`,
      [messageId],
    ),
  )

async function show(
  app: App,
  { chats, scopeId }: ChatScope,
  row: ChatRow,
  lead: Lead,
  line: Line,
): Promise<Delivery> {
  const conversationId = `lead-${line.conversation_id}`
  const client: ChatUser = {
    id: `lead-${lead.contact_id ?? lead.id}`,
    name: lead.contact_name ?? lead.name,
    phone: lead.phone,
    email: lead.email,
  }
  let chatId = line.amo_chat_id
  if (!chatId) {
    // An unlinked chat would become a new contact and an incoming lead with its first line.
    if (lead.contact_id === null)
      return { outcome: 'never', reason: 'the card has no contact to link the chat to' }
    chatId = await chats.openChat(scopeId, conversationId, client)
    await app.amocrm.linkChat(lead.contact_id, chatId)
    await app.db.query('update conversations set amo_chat_id = $2 where id = $1', [
      line.conversation_id,
      chatId,
    ])
  }
  const ref = `line-${row.payload.messageId}`
  const before = row.attempts > 1 ? await chats.find(scopeId, chatId, ref) : null
  const { language } = app.business
  const id =
    before ??
    (await chats.send(scopeId, {
      conversationId,
      ref,
      at: line.at,
      from: line.author === 'lead' ? 'client' : 'bot',
      client,
      botName:
        line.author === 'human' ? texts[language].card.humanInChat : app.business.company.seller[language],
      text: line.text,
      silent: line.author !== 'lead' || lead.control === 'ai',
    }))
  await app.db.query('update messages set amo_message_id = $2 where id = $1', [row.payload.messageId, id])
  return { outcome: 'done', result: { chatMessageId: id } }
}

async function report(
  { chats, scopeId }: ChatScope,
  payload: ChatRow['payload'],
  { amo_message_id: messageId }: Line,
): Promise<Delivery> {
  if (payload.kind !== 'chat_status' || messageId === null) return { outcome: 'done' }
  await chats.reportDelivery(scopeId, messageId, payload.status, payload.error)
  return { outcome: 'done' }
}
