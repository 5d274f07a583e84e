import { z } from 'zod'
import { parseHook } from '../amocrm/parse-hook.ts'
import type { Queryable } from '../database/pool.ts'
import { findLeadOfAccount } from '../leads/find-lead-of-account.ts'
import { botAccount } from '../telegram/bot/bot-account.ts'
import { readJson } from '../text/parse-json.ts'
import { hookMeaning } from './hook-meaning.ts'
import type { InboxEvent } from './store-event.ts'

/** More cards than these in one event are somebody's mass action: a task on each would help nobody. */
const most = 20

/** Read as loosely as can be: the event is one that could not be understood. */
const message = z.object({
  accountId: z.string(),
  peerId: z.int(),
  peerUsername: z.string().nullable().catch(null),
  peerPhone: z.string().nullable().catch(null),
})
const inChat = z.object({ chat: z.object({ id: z.int(), username: z.string().optional().catch(undefined) }) })
const update = z.union([
  z.object({ message: inChat }).transform((found) => found.message),
  z.object({ business_message: inChat }).transform((found) => found.business_message),
])
const chatHook = z.object({
  message: z.object({ conversation: z.object({ id: z.string(), client_id: z.string().nullish() }) }),
})

/** The leads that an event is about, as far as it can be told; those that we do not know are not among them. */
export async function leadsOfEvent(
  db: Queryable,
  { source, body }: Pick<InboxEvent, 'source' | 'body'>,
): Promise<number[]> {
  if (source === 'amocrm') return leadsOfHook(db, body)
  const said = readJson(body)
  if (source === 'amocrm-chats') {
    const { id, client_id: clientId } = chatHook.parse(said).message.conversation
    const { rows } = await db.query<{ lead_id: number }>(
      `select lead_id from conversations where amo_chat_id = $1
       union all select lead_id from conversations where id = $2 limit 1`,
      [id, conversationOf(clientId)],
    )
    return rows.map((row) => row.lead_id)
  }
  const from = source === 'telegram' ? message.parse(said) : fromUpdate(update.parse(said))
  const found = await findLeadOfAccount(db, from)
  return found === null ? [] : [found.leadId]
}

/** We name our chats `lead-` and the id of the conversation. */
const conversationOf = (clientId: string | null | undefined): number | null => {
  const number = Number(/^lead-(\d{1,15})$/.exec(clientId ?? '')?.[1])
  return Number.isSafeInteger(number) ? number : null
}

const fromUpdate = ({ chat }: z.infer<typeof inChat>) => ({
  accountId: botAccount,
  peerId: chat.id,
  peerUsername: chat.username ?? null,
  peerPhone: null,
})

async function leadsOfHook(db: Queryable, body: Buffer): Promise<number[]> {
  const { announced, touched, deleted, notes, contacts } = hookMeaning(parseHook(body.toString('utf8')).items)
  const named = [
    ...announced,
    ...deleted,
    ...touched.map(({ leadId }) => leadId),
    ...notes.map(({ leadId }) => leadId),
  ]
  const { rows } = await db.query<{ id: number }>(
    'select id from leads where id = any($1) or contact_id = any($2) order by id limit $3',
    [named, contacts, most],
  )
  return rows.map((row) => row.id)
}
