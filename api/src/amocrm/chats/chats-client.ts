import { request } from 'undici'
import { z } from 'zod'
import { AmocrmError } from '../amocrm-error.ts'
import { parseJson } from '../../text/parse-json.ts'
import { signRequest } from './sign.ts'

export type ChatsSettings = { channelId: string; secret: string; botId: string | null; url: string }
export type ChatUser = { id: string; name: string; phone?: string | null; email?: string | null }
export type ChatLine = {
  conversationId: string
  /** Ours, for finding the line again. */
  ref: string
  at: Date
  from: 'client' | 'bot'
  client: ChatUser
  botName: string
  text: string
  /** No notice to managers. */
  silent: boolean
}
export type ChatsClient = ReturnType<typeof createChats>

const prefix = '/v2/origin/custom'
const historySchema = z.looseObject({
  messages: z.array(
    z.looseObject({ message: z.looseObject({ id: z.string(), client_id: z.string().nullish() }) }),
  ),
})

/** amoCRM's Chats API: a host and a signature of its own, no token. Every method throws AmocrmError. */
export function createChats({ channelId, secret, botId, url }: ChatsSettings) {
  async function call<Schema extends z.ZodType>(
    schema: Schema,
    method: 'GET' | 'POST',
    place: string,
    payload?: unknown,
  ): Promise<z.output<Schema>> {
    const path = `${prefix}/${place}`
    const body = payload === undefined ? '' : JSON.stringify(payload)
    const [signed = ''] = path.split('?')
    const headers = signRequest({ method, path: signed, body, date: new Date() }, secret)
    const answer = await request(url + path, {
      method,
      headers,
      body: body || undefined,
      signal: AbortSignal.timeout(20_000),
    })
      .then(async ({ statusCode, body: stream }) => ({ status: statusCode, text: await stream.text() }))
      .catch((error: Error) => {
        throw new AmocrmError(0, error.message)
      })
    if (answer.status >= 300) throw new AmocrmError(answer.status, `chats: ${answer.text.slice(0, 300)}`)
    const parsed = schema.safeParse(parseJson(answer.text))
    if (!parsed.success)
      throw new AmocrmError(502, `an answer of the chats that does not fit: ${parsed.error.message}`)
    return parsed.data
  }

  const userOf = ({ id, name, phone, email }: ChatUser) => ({
    id,
    name,
    profile: { ...(phone ? { phone } : {}), ...(email ? { email } : {}) },
  })

  return {
    /** Needed once after each installation. @returns the scope of this channel in this account */
    connect: async (amojoId: string, title: string) =>
      (
        await call(z.looseObject({ scope_id: z.string() }), 'POST', `${channelId}/connect`, {
          account_id: amojoId,
          title,
          hook_api_version: 'v2',
        })
      ).scope_id,
    /** The same conversation again gives the same chat. @returns the chat's id */
    openChat: async (scope: string, conversationId: string, user: ChatUser) =>
      (
        await call(z.looseObject({ id: z.string() }), 'POST', `${scope}/chats`, {
          conversation_id: conversationId,
          user: userOf(user),
        })
      ).id,
    /** @returns amoCRM's id of the line */
    send: async (scope: string, line: ChatLine) => {
      const bot = { id: botId ?? 'bot', ref_id: botId ?? undefined, name: line.botName }
      const answer = await call(
        z.looseObject({ new_message: z.looseObject({ msgid: z.string() }) }),
        'POST',
        scope,
        {
          event_type: 'new_message',
          payload: {
            timestamp: Math.floor(line.at.getTime() / 1000),
            msec_timestamp: line.at.getTime(),
            msgid: line.ref,
            conversation_id: line.conversationId,
            sender: line.from === 'client' ? userOf(line.client) : bot,
            ...(line.from === 'bot' ? { receiver: userOf(line.client) } : {}),
            message: { type: 'text', text: line.text },
            silent: line.silent,
          },
        },
      )
      return answer.new_message.msgid
    },
    /** A line of ours among the newest of a chat: whether an earlier try got through. */
    find: async (scope: string, chatId: string, ref: string) => {
      const found = await call(
        historySchema.optional(),
        'GET',
        `${scope}/chats/${chatId}/history?offset=0&limit=50`,
      )
      return found?.messages.find(({ message }) => message.client_id === ref)?.message.id ?? null
    },
    /** 1: delivered, 2: read, -1: failed, with a text. */
    reportDelivery: (scope: string, messageId: string, status: 1 | -1, error: string | null) =>
      call(z.unknown(), 'POST', `${scope}/${messageId}/delivery_status`, {
        msgid: messageId,
        delivery_status: status,
        ...(status === -1 ? { error_code: 905, error: error ?? 'not delivered' } : {}),
      }),
  }
}
