import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../../shared/control.ts'
import { isBot } from '../bot/bot.ts'
import type { BotUpdates } from '../bot/bot-updates.ts'
import { setBlocked } from '../bot/set-blocked.ts'
import type { Chat, Person } from '../world/state.ts'
import { type World, findAccount, findPerson, normalPhone } from '../world/world.ts'
import { problem } from './problem.ts'

export const phoneSchema = z
  .string()
  .regex(/^\+?[\d\s()-]{7,24}$/, 'must be a phone number with country code')
  .transform(normalPhone)

export const usernameSchema = z
  .string()
  .transform((text) => text.replace(/^@/, ''))
  .pipe(z.string().regex(/^[a-z]\w{3,31}$/i, 'must be 4 to 32 letters, digits or _, starting with a letter'))

const personSchema = z.strictObject({
  /** Only for who has a number of their own: 777000 is Telegram's service account. */
  id: z.int().positive().optional(),
  firstName: z.string().trim().min(1).max(64),
  lastName: z.string().trim().max(64).optional(),
  username: usernameSchema.optional(),
  phone: phoneSchema.optional(),
  languageCode: z.string().min(2).max(12).optional(),
  phoneHidden: z.boolean().optional(),
  blocked: z.boolean().optional(),
  requirePremium: z.boolean().optional(),
  paidStars: z.int().min(0).optional(),
  bot: z.boolean().optional(),
})

const blockSchema = z.strictObject({
  blocked: z.boolean().default(true),
  /** A bot; without it all seller accounts are blocked. */
  accountId: z.int().optional(),
})

/** People: list, create, change, block. */
export function addPeopleRoutes(app: FastifyInstance, world: World, updates: BotUpdates): void {
  const { state } = world

  app.get('/_sim/people', () => state.people.map((person) => withPreview(world, person)))

  app.post('/_sim/people', (request, reply) => {
    const input = parseControl(personSchema, request, reply)
    if (!input) return reply
    const taken = takenField(world, input)
    if (taken) return problem(reply, 409, `Somebody has this ${taken} already`, taken)
    const person: Person = { ...input, id: input.id ?? state.nextPersonId++ }
    state.people.push(person)
    world.changed()
    world.journal.add('person', { personId: person.id, firstName: person.firstName })
    return reply.code(201).send(person)
  })

  app.patch<{ Params: { id: string } }>('/_sim/people/:id', (request, reply) => {
    const person = findPerson(world, Number(request.params.id))
    if (!person) return problem(reply, 404, 'No such person')
    const input = parseControl(personSchema.omit({ id: true }).partial(), request, reply)
    if (!input) return reply
    const taken = takenField(world, input, person)
    if (taken) return problem(reply, 409, `Somebody has this ${taken} already`, taken)
    Object.assign(person, input)
    world.changed()
    world.journal.add('person', { personId: person.id, changed: Object.keys(input) })
    return reply.send(person)
  })

  app.post<{ Params: { id: string } }>('/_sim/people/:id/block', (request, reply) => {
    const person = findPerson(world, Number(request.params.id))
    if (!person) return problem(reply, 404, 'No such person')
    const input = parseControl(blockSchema, request, reply)
    if (!input) return reply
    const bot = input.accountId === undefined ? undefined : findAccount(world, input.accountId)
    if (bot && isBot(bot)) {
      setBlocked(world, updates, bot, person, input.blocked)
      return reply.send(person)
    }
    person.blocked = input.blocked
    world.changed()
    world.journal.add('block', { personId: person.id, blocked: person.blocked })
    return reply.send(person)
  })
}

/** The person, their chats (the newest first), the last line of all, and how many lines they have not read. */
function withPreview(world: World, person: Person) {
  const chats = Object.values(world.state.chats)
    .filter((chat) => chat.personId === person.id && chat.messages.length > 0)
    .toSorted((a, b) => b.messages.at(-1)!.at.localeCompare(a.messages.at(-1)!.at))
    .flatMap((chat) => chatPreview(world, chat))
  const last = chats[0]?.last
  return {
    ...person,
    chats,
    unread: chats.reduce((sum, chat) => sum + chat.unread, 0),
    ...(last ? { last } : {}),
  }
}

function chatPreview(world: World, chat: Chat) {
  const account = findAccount(world, chat.accountId)
  if (!account) return []
  const { from, text, at, media } = chat.messages.at(-1)!
  return [
    {
      account: {
        id: account.id,
        firstName: account.firstName,
        username: account.username,
        bot: isBot(account),
      },
      unread: chat.messages.filter((one) => one.from === 'seller' && one.id > chat.personReadMaxId).length,
      last: { from, text, at, media: media?.kind },
    },
  ]
}

function takenField(
  { state }: World,
  input: Partial<Person>,
  self?: Person,
): 'username' | 'phone' | undefined {
  const others = state.people.filter((person) => person !== self)
  const username = input.username?.toLowerCase()
  if (username && others.some((one) => one.username?.toLowerCase() === username)) return 'username'
  if (input.phone && [...others, ...state.accounts].some((one) => one.phone === input.phone)) return 'phone'
  return undefined
}
