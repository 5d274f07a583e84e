import type { z } from 'zod'
import type { Amocrm } from '../amocrm.ts'
import type { Chat, ChatMessage } from '../world.ts'
import type { messageSchema } from './body.ts'
import { ChatError } from './chat-error.ts'
import { findChat, openChat } from './chats.ts'
import { addMessage } from './message.ts'

type Message = z.output<typeof messageSchema>

/** A message that the integration brings in: new or edited. Answers the service's ids. @throws ChatError 400 or 404 */
export function receiveMessage(amo: Amocrm, { event_type: event, payload }: Message): object {
  const { msgid: ref, conversation_id: conversationId, message, sender, receiver } = payload
  const known = findChat(amo, payload.conversation_ref_id) ?? findChat(amo, conversationId)
  if (event === 'edit_message') return edit(known, ref, message.text, amo)
  if (!sender) throw new ChatError(400, 'VALIDATION_ERROR', 'payload.sender: is required')
  const author = authorOf(amo, known, sender)
  const client = author.author === 'client' ? sender : receiver
  if (!client) throw new ChatError(400, 'VALIDATION_ERROR', 'payload.receiver: is required')
  if (conversationId === undefined && !known)
    throw new ChatError(404, 'CONVERSATION_NOT_FOUND', 'there is no such conversation')
  const chat = known ?? openChat(amo, conversationId ?? '', client, payload.source?.external_id)
  const { type, text = '', media = '', file_name = '', file_size = 0 } = message
  const at = payload.msec_timestamp ?? (payload.timestamp ? payload.timestamp * 1000 : Date.now())
  const added = addMessage(
    amo,
    chat,
    { ref, at, ...author, name: sender.name ?? chat.user.name, type, text, media, file_name, file_size },
    payload.silent,
  )
  return {
    new_message: {
      conversation_id: chat.id,
      sender_id: author.author === 'client' ? chat.user.id : (sender.ref_id ?? sender.id),
      ...(receiver ? { receiver_id: chat.user.id } : {}),
      msgid: added.id,
      ref_id: ref,
    },
  }
}

/** Who wrote: the channel's bot or a user by `ref_id`, else the client. */
function authorOf(
  amo: Amocrm,
  chat: Chat | undefined,
  sender: { id: string; ref_id?: string | undefined },
): Pick<ChatMessage, 'author' | 'userId'> {
  const { ref_id: ref } = sender
  if (ref === undefined || ref === chat?.user.id) return { author: 'client', userId: null }
  if (ref === amo.world.channel.botId) return { author: 'bot', userId: null }
  const user = amo.world.users.find((one) => one.amojo_id === ref)
  if (user) return { author: 'manager', userId: user.id }
  throw new ChatError(400, 'VALIDATION_ERROR', 'payload.sender.ref_id: is not known')
}

function edit(chat: Chat | undefined, ref: string, text: string | undefined, amo: Amocrm): object {
  const message = chat?.messages.find((one) => one.ref === ref || one.id === ref)
  if (!chat || !message) throw new ChatError(404, 'MESSAGE_NOT_FOUND', 'there is no such message')
  message.text = text ?? message.text
  message.isEdited = true
  amo.journal.add('chat.edited', { chatId: chat.id, messageId: message.id, text: message.text })
  amo.changed()
  return { edit_message: { conversation_id: chat.id, msgid: message.id, ref_id: ref } }
}
