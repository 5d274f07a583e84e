import { publish } from './publish.ts'
import type { Account, UpdateRecord } from './account.ts'
import type { Message } from './state.ts'
import { type Outlet, type World, chatOf, chatsOf, nowOf } from './world.ts'

/** A message of the account to itself, in its chat with itself. Nobody else hears of it. */
export function addNote(
  world: World,
  account: Account,
  { text, randomId, origin }: { text: string; randomId: string; origin: Outlet },
): { message: Message; update: UpdateRecord } {
  const at = new Date(nowOf(world)).toISOString()
  const message: Message = { id: account.nextMessageId++, from: 'seller', text, at, randomId }
  chatOf(world, account, account).messages.push(message)
  world.journal.add('note', { accountId: account.id, messageId: message.id, text })
  const update = publish(world, account, { kind: 'new', personId: account.id, messageId: message.id }, origin)
  return { message, update }
}

/** Deletes those of these messages that are the account's own notes. @returns how many, and the others' ids that it left */
export function deleteNotes(
  world: World,
  account: Account,
  ids: number[],
  origin: Outlet,
): { deleted: number; foreign: number[] } {
  const notes = chatOf(world, account, account)
  const known = ids.filter((id) => notes.messages.some((one) => one.id === id))
  notes.messages = notes.messages.filter(({ id }) => !known.includes(id))
  if (known.length > 0) {
    world.journal.add('delete', { accountId: account.id, personId: account.id, messageIds: known })
    publish(world, account, { kind: 'delete', personId: account.id, messageIds: known }, origin)
  }
  const elsewhere = chatsOf(world, account).flatMap(({ messages }) => messages.map(({ id }) => id))
  return { deleted: known.length, foreign: ids.filter((id) => elsewhere.includes(id)) }
}
