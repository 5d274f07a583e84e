import type { Amocrm } from '../amocrm.ts'
import { amojoAccountId } from '../seed.ts'
import type { Chat, ChatMessage, User } from '../world.ts'
import { addMessage } from './message.ts'
import { hookSignature } from './signature.ts'

const answerTimeMs = 5000

/**
 * A manager answers from the card. The channel's hook is signed and sent once, never again; it must be answered within 5 s.
 * Resolves with the message when that is over; without a connected channel the message stays here and is marked failed.
 */
export async function answerFromCard(
  amo: Amocrm,
  chat: Chat,
  user: User,
  text: string,
): Promise<ChatMessage> {
  const message = addMessage(amo, chat, {
    ref: null,
    at: Date.now(),
    author: 'manager',
    userId: user.id,
    name: user.name,
    type: 'text',
    text,
  })
  const fault = amo.faults.take({ kind: 'chat-hook', chatId: chat.id })
  const body = hookBody(chat, user, message)
  if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
  const times = fault?.drop ? 0 : fault?.duplicate ? 2 : 1
  for (let n = 0; n < times; n += 1) await sendHook(amo, chat, body, message)
  return message
}

async function sendHook(amo: Amocrm, chat: Chat, body: string, message: ChatMessage): Promise<void> {
  const { hookUrl, scopeId, secret } = amo.world.channel
  let status = 0
  if (hookUrl !== null && scopeId !== null) {
    const timeout = AbortSignal.timeout(answerTimeMs)
    try {
      const response = await fetch(hookUrl.replace(':scope_id', scopeId), {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'amoCRM amoJo/1.0',
          'x-signature': hookSignature(body, secret),
        },
        body,
        signal: timeout,
      })
      await response.body?.cancel()
      status = response.status
    } catch {
      status = timeout.aborted ? 499 : 0
    }
  }
  if (status < 200 || status > 299) Object.assign(message, { status: -1, error: 'not accepted' })
  amo.journal.add('chat.hook', { chatId: chat.id, messageId: message.id, status })
  amo.changed()
}

function hookBody(chat: Chat, user: User, message: ChatMessage): string {
  const seconds = Math.floor(message.at / 1000)
  const { id, client_id, name, phone, email } = chat.user
  return JSON.stringify({
    account_id: amojoAccountId,
    time: seconds,
    message: {
      receiver: { id, client_id, name, ...(phone && { phone }), ...(email && { email }) },
      sender: { id: user.amojo_id, name: user.name },
      conversation: { id: chat.id, client_id: chat.conversationId },
      ...(chat.sourceId === null ? {} : { source: { external_id: chat.sourceId } }),
      timestamp: seconds,
      msec_timestamp: message.at,
      message: {
        id: message.id,
        type: message.type,
        text: message.text,
        media: message.media,
        file_name: message.file_name,
        file_size: message.file_size,
      },
    },
  })
}
