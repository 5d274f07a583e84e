import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../../shared/control.ts'
import { isBot } from '../bot/bot.ts'
import { connectionOf } from '../bot/business-connection.ts'
import { storeFile } from '../rpc/files.ts'
import { addMessage, deleteMessage, editMessage, markRead, react } from '../world/messages.ts'
import { pushShort } from '../world/publish.ts'
import type { Account } from '../world/account.ts'
import { type Chat, type Message, type Person, mediaKinds } from '../world/state.ts'
import type { Centers } from '../world/centers.ts'
import { type World, chatKey, chatOf, findAccount, findPerson, mediaOf } from '../world/world.ts'
import { problem } from './problem.ts'

type Route = { Params: { id: string; messageId?: string }; Querystring: { accountId?: string } }

const accountId = z.int().optional()
const text = z.string().max(4096)
const fileSchema = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  mimeType: z.string().min(3).max(100),
  /** base64 */
  content: z.base64().max(28_000_000),
})
const saySchema = z
  .strictObject({
    text: text.default(''),
    media: z.enum(mediaKinds).optional(),
    /** What the media holds; without it a few made-up bytes. */
    file: fileSchema.optional(),
    /** The data centre that keeps the file. */
    dcId: z.int().optional(),
    /** Size of made-up contents. */
    bytes: z.int().min(1).max(8_000_000).optional(),
    /** With media `contact`: the person shares their own, not somebody else's. */
    ownContact: z.boolean().optional(),
    replyTo: z.int().optional(),
    /** With media `photo`: it goes after one look. */
    viewOnce: z.boolean().optional(),
    forwarded: z.boolean().optional(),
    /** The same for all of an album. */
    albumId: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional(),
    accountId,
  })
  .refine((say) => say.text.trim() !== '' || say.media, { path: ['text'], message: 'must not be empty' })
const sellerSaysSchema = z.strictObject({
  text: text.trim().min(1),
  /** An away message or a greeting of Telegram's, or words that were timed before. */
  automatic: z.enum(['offline', 'scheduled']).optional(),
  accountId,
})
/** 0 seconds: nobody answered. */
const callSchema = z.strictObject({ seconds: z.int().min(0).default(0), accountId })
const editSchema = z.strictObject({ messageId: z.int(), text: text.trim().min(1), accountId })
const reactSchema = z.strictObject({
  messageId: z.int(),
  emoji: z.string().min(1).max(16).nullable(),
  accountId,
})
/** Whoever was told of the file before looks for it in the old place. */
const moveSchema = z.strictObject({ dcId: z.int() })
const onlyAccountSchema = z.strictObject({ accountId })

const mimeTypes = {
  photo: 'image/jpeg',
  voice: 'audio/ogg',
  round: 'video/mp4',
  document: 'application/pdf',
  sticker: 'image/webp',
  contact: 'text/vcard',
  location: 'application/geo+json',
  live_location: 'application/geo+json',
}

/** What a person, and the human seller at the official app, can do in a chat. */
export function addChatRoutes(app: FastifyInstance, world: World, centers: Centers): void {
  app.get<Route>('/_sim/people/:id/chat', (request, reply) => {
    const sides = sidesOf(world, request, reply, Number(request.query.accountId) || undefined)
    return sides ? reply.send(chatView(world, sides.account, sides.person)) : reply
  })

  app.post<Route>('/_sim/people/:id/say', (request, reply) => {
    const input = parseControl(saySchema, request, reply)
    const sides = input && sidesOf(world, request, reply, input.accountId)
    if (!sides) return reply
    if (input.dcId !== undefined && !centers.has(input.dcId)) return noSuchCenter(reply)
    const file = input.file && { ...input.file, bytes: Buffer.from(input.file.content, 'base64') }
    const media =
      input.media &&
      storeFile(
        world,
        input.media,
        file?.mimeType ?? mimeTypes[input.media],
        file?.bytes ?? (input.bytes ? Buffer.alloc(input.bytes) : Buffer.from(`a ${input.media}`)),
        file?.name,
      )
    const { message } = addMessage(world, sides.account, sides.person, {
      from: 'person',
      text: input.text,
      media: media && {
        ...media,
        ownContact: input.ownContact,
        viewOnce: input.viewOnce,
        dcId: input.dcId,
      },
      replyTo: input.replyTo,
      marks: { forwarded: input.forwarded, albumId: input.albumId },
    })
    return reply.code(201).send({ messageId: message.id })
  })

  app.post<Route>('/_sim/people/:id/seller-says', (request, reply) => {
    const input = parseControl(sellerSaysSchema, request, reply)
    const sides = input && sidesOf(world, request, reply, input.accountId)
    if (!sides) return reply
    if (isBot(sides.account)) return problem(reply, 409, 'Nobody holds a phone of a bot', 'accountId')
    const { message } = addMessage(world, sides.account, sides.person, {
      from: 'seller',
      text: input.text,
      marks: { automatic: input.automatic },
    })
    return reply.code(201).send({ messageId: message.id })
  })

  app.post<Route>('/_sim/people/:id/call', (request, reply) => {
    const input = parseControl(callSchema, request, reply)
    const sides = input && sidesOf(world, request, reply, input.accountId)
    if (!sides) return reply
    if (isBot(sides.account)) return problem(reply, 409, 'Nobody calls a bot', 'accountId')
    const { message } = addMessage(world, sides.account, sides.person, {
      from: 'person',
      text: '',
      marks: { callSec: input.seconds },
    })
    return reply.code(201).send({ messageId: message.id })
  })

  app.post<Route>('/_sim/people/:id/read', (request, reply) => {
    const input = parseControl(onlyAccountSchema, request, reply)
    const sides = input && sidesOf(world, request, reply, input.accountId)
    if (!sides) return reply
    markRead(world, sides.account, sides.person, 'person')
    return reply.code(204).send()
  })

  app.post<Route>('/_sim/people/:id/typing', (request, reply) => {
    const input = parseControl(onlyAccountSchema, request, reply)
    const sides = input && sidesOf(world, request, reply, input.accountId)
    if (!sides) return reply
    const action = { _: 'sendMessageTypingAction' } as const
    pushShort(world, sides.account, { _: 'updateUserTyping', userId: sides.person.id, action })
    return reply.code(204).send()
  })

  app.post<Route>('/_sim/people/:id/edit', (request, reply) => {
    const input = parseControl(editSchema, request, reply)
    const sides = input && sidesOf(world, request, reply, input.accountId)
    if (!sides) return reply
    const done = editMessage(world, sides.account, sides.person, input.messageId, input.text)
    return done ? reply.code(204).send() : problem(reply, 404, 'No such message of this person', 'messageId')
  })

  app.post<Route>('/_sim/people/:id/react', (request, reply) => {
    const input = parseControl(reactSchema, request, reply)
    const sides = input && sidesOf(world, request, reply, input.accountId)
    if (!sides) return reply
    const done = react(world, sides.account, sides.person, input.messageId, input.emoji)
    return done ? reply.code(204).send() : problem(reply, 404, 'No such message of the seller', 'messageId')
  })

  app.delete<Route>('/_sim/people/:id/messages/:messageId', (request, reply) => {
    const sides = sidesOf(world, request, reply, Number(request.query.accountId) || undefined)
    if (!sides) return reply
    const done = deleteMessage(world, sides.account, sides.person, Number(request.params.messageId))
    return done ? reply.code(204).send() : problem(reply, 404, 'No such message', 'messageId')
  })
}

/** Contents of files, for the phone page, and where they are kept. */
export function addFileRoutes(app: FastifyInstance, world: World, centers: Centers): void {
  app.post<{ Params: { fileId: string } }>('/_sim/files/:fileId', (request, reply) => {
    const input = parseControl(moveSchema, request, reply)
    if (!input) return reply
    const media = mediaOf(world, request.params.fileId)
    if (!media) return problem(reply, 404, 'No such file', 'fileId')
    if (!centers.has(input.dcId)) return noSuchCenter(reply)
    media.dcId = input.dcId
    world.changed()
    return reply.code(204).send()
  })

  app.get<{ Params: { fileId: string } }>('/_sim/files/:fileId', (request, reply) => {
    const { fileId } = request.params
    const content = world.live.files.get(fileId)
    const media = mediaOf(world, fileId)
    if (!content || !media) return problem(reply, 404, 'No such file, or its content is gone', 'fileId')
    const shown = /^(image|audio)\/(?!svg)/.test(media.mimeType)
    return reply
      .type(shown ? media.mimeType : 'application/octet-stream')
      .header('x-content-type-options', 'nosniff')
      .send(Buffer.from(content))
  })
}

const noSuchCenter = (reply: FastifyReply) => problem(reply, 404, 'There is no such data centre', 'dcId')

type Sides = { account: Account; person: Person }

/** The two sides of the chat, the first account when none is named; undefined after having answered 404. */
function sidesOf(
  world: World,
  request: FastifyRequest<Route>,
  reply: FastifyReply,
  wantedAccountId: number | undefined,
): Sides | undefined {
  const person = findPerson(world, Number(request.params.id))
  const account =
    wantedAccountId === undefined ? world.state.accounts[0] : findAccount(world, wantedAccountId)
  if (person && account) return { account, person }
  void problem(reply, 404, person ? 'No such account' : 'No such person', person ? 'accountId' : 'id')
  return undefined
}

function chatView(world: World, account: Account, person: Person) {
  const chat = chatOf(world, account, person)
  return {
    person,
    account: {
      id: account.id,
      firstName: account.firstName,
      lastName: account.lastName,
      username: account.username,
      bot: isBot(account),
    },
    blocked: isBot(account) ? account.blockedBy.includes(person.id) : (person.blocked ?? false),
    secretary: connectionOf(world, account)?.enabled ?? false,
    messages: chat.messages.map((message) => messageView(chat, message)),
    typing: (world.live.typingUntil.get(chatKey(account.id, person.id)) ?? 0) > Date.now(),
    online: world.live.online.has(account.id),
  }
}

const messageView = (
  chat: Chat,
  { id, from, text: words, at, editedAt, media, replyTo, reaction, viaBotId, callSec }: Message,
) => ({
  id,
  from,
  text: words,
  at,
  ...(from === 'seller'
    ? { readByPerson: id <= chat.personReadMaxId }
    : { readBySeller: id <= chat.sellerReadMaxId }),
  ...(editedAt ? { edited: true } : {}),
  ...(media
    ? {
        media: media.kind,
        file: { id: media.fileId, name: media.fileName, size: media.size, type: media.mimeType },
      }
    : {}),
  ...(callSec === undefined ? {} : { media: 'call' }),
  ...(replyTo === undefined ? {} : { replyTo }),
  ...(reaction === undefined ? {} : { reaction }),
  ...(viaBotId === undefined ? {} : { viaBotId }),
})
