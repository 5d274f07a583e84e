import type { Amocrm } from '../amocrm.ts'
import type { Chat, ChatMessage, Talk } from '../world.ts'
import { accountBlock } from './account-block.ts'

/** Sends `message[add][0]` for what a client wrote, as event `add_message`. */
export function fireMessage(amo: Amocrm, chat: Chat, talk: Talk, message: ChatMessage): void {
  const item = {
    id: message.id,
    chat_id: chat.id,
    talk_id: talk.talk_id,
    contact_id: talk.contact_id,
    text: message.text,
    created_at: Math.floor(message.at / 1000),
    element_type: 2,
    entity_type: 'lead',
    element_id: talk.entity_id,
    entity_id: talk.entity_id,
    type: 'incoming',
    author: {
      id: chat.user.id,
      type: 'external',
      name: message.name,
      avatar_url: chat.user.avatar || undefined,
    },
    attachment: message.media
      ? { type: message.type, link: message.media, file_name: message.file_name }
      : undefined,
    origin: talk.origin,
  }
  amo.hooks.fire({
    event: 'add_message',
    leadId: talk.entity_id,
    tree: { account: accountBlock(amo), message: { add: [item] } },
  })
}

/** Sends `talk[add|update][0]` as event `add_talk` / `update_talk`. */
export function fireTalk(amo: Amocrm, action: 'add' | 'update', talk: Talk): void {
  const item = {
    talk_id: talk.talk_id,
    created_at: talk.created_at,
    updated_at: talk.updated_at,
    rate: talk.rate,
    contact_id: talk.contact_id,
    chat_id: talk.chat_id,
    entity_id: talk.entity_id,
    entity_type: 'lead',
    is_in_work: talk.is_in_work,
    is_read: talk.is_read,
    origin: talk.origin,
  }
  amo.hooks.fire({
    event: `${action}_talk`,
    leadId: talk.entity_id,
    tree: { account: accountBlock(amo), talk: { [action]: [item] } },
  })
}
