import type { Account } from '../world/account.ts'
import type { Media, Message, Person } from '../world/state.ts'
import { type World, findAccount } from '../world/world.ts'
import { type Bot, isBot } from './bot.ts'

const unix = (iso: string) => Math.floor(Date.parse(iso) / 1000)
const nameOf = ({ firstName, lastName, username }: Pick<Person, 'firstName' | 'lastName' | 'username'>) => ({
  first_name: firstName,
  ...(lastName ? { last_name: lastName } : {}),
  ...(username ? { username } : {}),
})

export const wirePerson = (person: Person) => ({
  id: person.id,
  is_bot: false,
  ...nameOf(person),
  ...(person.languageCode ? { language_code: person.languageCode } : {}),
})

/** A private chat is named by the person; a bot never learns their phone from it. */
export const wireChat = (person: Person) => ({ id: person.id, type: 'private', ...nameOf(person) })

export const wireAccount = (account: Account) => ({
  id: account.id,
  is_bot: isBot(account),
  ...nameOf(account),
})

/** What getMe answers. */
export const wireBot = (bot: Bot) => ({
  ...wireAccount(bot),
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: !bot.withoutBusinessMode,
  has_main_web_app: false,
})

/** A message of the chat of `account` (the bot itself, or the account that it is a secretary of) with `person`. */
export function wireMessage(
  world: World,
  account: Account,
  person: Person,
  message: Message,
  connectionId?: string,
) {
  const { id, from, text, at, editedAt, media, replyTo, viaBotId, automatic, forwarded, albumId } = message
  const sender = viaBotId === undefined ? undefined : findAccount(world, viaBotId)
  const chat = world.state.chats[`${account.id}:${person.id}`]
  const original = replyTo === undefined ? undefined : chat?.messages.find((one) => one.id === replyTo)
  return {
    message_id: id,
    ...(connectionId ? { business_connection_id: connectionId } : {}),
    ...(sender ? { sender_business_bot: wireAccount(sender) } : {}),
    from: from === 'person' ? wirePerson(person) : wireAccount(account),
    chat: wireChat(person),
    date: unix(at),
    ...(automatic ? { is_from_offline: true } : {}),
    ...(forwarded
      ? { forward_origin: { type: 'hidden_user', sender_user_name: 'Somebody Else', date: unix(at) } }
      : {}),
    ...(albumId ? { media_group_id: albumId } : {}),
    ...(editedAt ? { edit_date: unix(editedAt) } : {}),
    ...(original
      ? { reply_to_message: { message_id: original.id, chat: wireChat(person), date: unix(original.at) } }
      : {}),
    ...(media ? { ...wireMedia(media, person), ...(text ? { caption: text } : {}) } : { text }),
    ...(media ? {} : commandsIn(text)),
  }
}

function commandsIn(text: string) {
  const entities = [...text.matchAll(/(?<!\S)\/\w{1,32}(?:@\w+)?/g)].map((found) => ({
    type: 'bot_command',
    offset: found.index,
    length: found[0].length,
  }))
  return entities.length > 0 ? { entities } : {}
}

function wireMedia({ kind, fileId, mimeType, fileName, size, ownContact }: Media, person: Person) {
  const file = { file_id: `file-${fileId}`, file_unique_id: fileId, file_size: size }
  switch (kind) {
    case 'photo':
      return { photo: [{ ...file, width: 640, height: 480 }] }
    case 'round':
      return { video_note: { ...file, length: 240, duration: 3 } }
    case 'sticker':
      return { sticker: { ...file, type: 'regular', width: 512, height: 512, emoji: '👍' } }
    case 'contact':
      return {
        contact:
          ownContact && person.phone
            ? { phone_number: person.phone.slice(1), first_name: person.firstName, user_id: person.id }
            : { phone_number: '79161234567', first_name: 'Shared' },
      }
    case 'location':
      return { location: { latitude: 55.75, longitude: 37.62 } }
    case 'live_location':
      return { location: { latitude: 55.75, longitude: 37.62, live_period: 900 } }
    case 'voice':
      return { voice: { ...file, duration: 3, mime_type: mimeType } }
    default:
      return { document: { ...file, mime_type: mimeType, ...(fileName ? { file_name: fileName } : {}) } }
  }
}
