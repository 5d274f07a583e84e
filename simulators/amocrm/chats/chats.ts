import { randomUUID } from 'node:crypto'
import type { Amocrm } from '../amocrm.ts'
import { nextId } from '../next-id.ts'
import { entityNotFound } from '../api/problem.ts'
import { findContact } from '../contacts.ts'
import { lostStatusId, wonStatusId } from '../seed.ts'
import type { Chat, ChatUser, Lead } from '../world.ts'

type Person = {
  id: string
  name?: string | undefined
  avatar?: string | undefined
  profile?: { phone?: string | undefined; email?: string | undefined } | undefined
}

/** A chat by the integration's conversation id or by the service's own id. */
export const findChat = (amo: Amocrm, id: string | undefined): Chat | undefined =>
  id === undefined ? undefined : amo.world.chats.find((one) => one.conversationId === id || one.id === id)

/** The chat with this person; made when there is none yet. A chat without messages is shown to nobody. */
export function openChat(amo: Amocrm, conversationId: string, person: Person, sourceId?: string): Chat {
  const known = findChat(amo, conversationId)
  if (known) return known
  const user: ChatUser = {
    id: randomUUID(),
    client_id: person.id,
    name: person.name ?? '',
    avatar: person.avatar ?? '',
    phone: person.profile?.phone ?? '',
    email: person.profile?.email ?? '',
  }
  const chat: Chat = {
    id: randomUUID(),
    conversationId,
    sourceId: sourceId ?? null,
    user,
    contactId: null,
    linkId: null,
    messages: [],
  }
  amo.world.chats.push(chat)
  amo.journal.add('chat', { chatId: chat.id, conversationId })
  amo.changed()
  return chat
}

/** Links a chat to a contact, in whose leads it shows from then on. @throws Problem 404 */
export function linkChat(amo: Amocrm, chat: Chat, contactId: number): Chat {
  if (!findContact(amo, contactId)) throw entityNotFound('contacts', contactId)
  chat.contactId = contactId
  chat.linkId ??= nextId(amo.world, 'chatLink')
  amo.journal.add('chat.linked', { chatId: chat.id, contactId })
  amo.changed()
  return chat
}

/** The lead that a chat belongs to: the newest open one of its contact, else the newest. */
export function leadOfChat(amo: Amocrm, chat: Chat): Lead | undefined {
  const leads = amo.world.leads.filter(
    (lead) => !lead.is_deleted && lead.contacts.some((link) => link.id === chat.contactId),
  )
  const isOpen = (lead: Lead) => lead.status_id !== wonStatusId && lead.status_id !== lostStatusId
  return leads.findLast(isOpen) ?? leads.at(-1)
}

/** The chats that a lead's card shows. */
export const chatsOfLead = (amo: Amocrm, lead: Lead): Chat[] =>
  amo.world.chats.filter(
    (chat) => chat.messages.length > 0 && lead.contacts.some((link) => link.id === chat.contactId),
  )
