import { z } from 'zod'
import type { Account } from '../world/account.ts'
import type { Person } from '../world/state.ts'
import { type World, findPerson } from '../world/world.ts'
import type { Bot } from './bot.ts'
import type { BotUpdates } from './bot-updates.ts'
import { badRequest } from './bot-failure.ts'
import type { BusinessConnection } from '../world/business-connection.ts'
import { connectionOfBot } from './business-connection.ts'

/** One call of one bot. */
export type BotCall = { world: World; updates: BotUpdates; bot: Bot; params: Record<string, unknown> }

export type BotMethod = (call: BotCall) => unknown

/** Form fields are texts: numbers and booleans are read out of them, objects are JSON. */
export const wire = {
  int: z.coerce.number().int(),
  flag: z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean()),
  json: <Schema extends z.ZodType>(schema: Schema) =>
    z.preprocess((value) => (typeof value === 'string' ? parseJson(value) : value), schema),
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The parameters of the call by `schema`. @throws BotFailure 400 that names the first bad one */
export function readParams<Schema extends z.ZodType>({ params }: BotCall, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(params)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw badRequest(`parameter "${issue!.path.join('.')}" is invalid`)
}

/** @throws BotFailure 400 */
export function personOfChat({ world }: BotCall, chatId: number): Person {
  const person = findPerson(world, chatId)
  if (!person) throw badRequest('chat not found')
  return person
}

/** @throws BotFailure 400 when this bot has no such connection, or it is switched off */
export function requireConnection(
  call: BotCall,
  id: string,
): { connection: BusinessConnection; account: Account } {
  const connection = connectionOfBot(call.world, call.bot, id)
  const account = call.world.state.accounts.find((one) => one.id === connection?.accountId)
  if (!connection || !account) throw badRequest('business connection not found')
  if (!connection.enabled) throw badRequest('BUSINESS_CONNECTION_INVALID')
  return { connection, account }
}
