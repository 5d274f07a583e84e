import { randomUUID } from 'node:crypto'
import type { Amocrm } from '../amocrm.ts'
import { nextId } from '../next-id.ts'
import { unixNow } from '../clock.ts'
import { fireMessage, fireTalk } from '../hooks/chat-hooks.ts'
import { addLogEvent } from '../log-events.ts'
import { addUnsorted } from '../unsorted.ts'
import type { Chat, ChatMessage, Lead, Talk } from '../world.ts'
import { leadOfChat } from './chats.ts'

type NewMessage = Pick<ChatMessage, 'ref' | 'at' | 'author' | 'userId' | 'name' | 'type' | 'text'> &
  Partial<Pick<ChatMessage, 'media' | 'file_name' | 'file_size'>>

/**
 * Puts a message into a chat and tells the hooks. A client who is linked to no contact becomes a new contact with an
 * incoming lead, unless the message is silent. The same `ref` twice is the same message.
 */
export function addMessage(amo: Amocrm, chat: Chat, input: NewMessage, isSilent = false): ChatMessage {
  const known = input.ref === null ? undefined : chat.messages.find((one) => one.ref === input.ref)
  if (known) return known
  const message: ChatMessage = {
    media: '',
    file_name: '',
    file_size: 0,
    ...input,
    id: randomUUID(),
    status: null,
    error: null,
    isEdited: false,
  }
  chat.messages.push(message)
  if (input.author === 'client' && chat.contactId === null && !isSilent) addClient(amo, chat)
  const lead = leadOfChat(amo, chat)
  const { author, text } = message
  amo.journal.add('chat.message', {
    chatId: chat.id,
    leadId: lead?.id ?? null,
    author,
    text,
    by: message.userId ?? 0,
  })
  if (lead) tell(amo, chat, lead, message, isSilent)
  amo.changed()
  return message
}

function tell(amo: Amocrm, chat: Chat, lead: Lead, message: ChatMessage, isSilent: boolean): void {
  const isIncoming = message.author === 'client'
  const about = { message: { id: message.id, talk_id: 0, origin: 'custom' } }
  const type = isIncoming ? 'incoming_chat_message' : 'outgoing_chat_message'
  addLogEvent(amo, type, lead.id, message.userId ?? 0, [], [about])
  if (isSilent) return
  const talk = openTalk(amo, chat, lead, isIncoming)
  if (isIncoming) fireMessage(amo, chat, talk, message)
}

function openTalk(amo: Amocrm, chat: Chat, lead: Lead, isIncoming: boolean): Talk {
  const now = unixNow()
  const known = amo.world.talks.find((one) => one.chat_id === chat.id && one.is_in_work)
  if (known) {
    known.updated_at = now
    known.is_read = !isIncoming
    fireTalk(amo, 'update', known)
    return known
  }
  const talk: Talk = {
    talk_id: nextId(amo.world, 'talk'),
    created_at: now,
    updated_at: now,
    contact_id: chat.contactId ?? 0,
    chat_id: chat.id,
    entity_id: lead.id,
    is_in_work: true,
    is_read: !isIncoming,
    rate: 0,
    origin: 'custom',
  }
  amo.world.talks.push(talk)
  fireTalk(amo, 'add', talk)
  return talk
}

function addClient(amo: Amocrm, chat: Chat): void {
  const { name, phone } = chat.user
  const item = addUnsorted(amo, {
    category: 'chats',
    source_uid: chat.id,
    source_name: amo.world.channel.title,
    metadata: { from: name, origin: 'custom' },
    lead: {},
    contact: {
      name,
      ...(phone ? { custom_fields_values: [{ field_code: 'PHONE', values: [{ value: phone }] }] } : {}),
    },
  })
  chat.contactId = item.contact_id
}
