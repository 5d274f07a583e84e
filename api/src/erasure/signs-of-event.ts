import { z } from 'zod'
import { parseHook, type HookItem, type HookTree } from '../amocrm/parse-hook.ts'
import { hookMeaning } from '../inbox/hook-meaning.ts'
import type { InboxEvent } from '../inbox/store-event.ts'
import { readJson } from '../text/parse-json.ts'
import type { Sign } from './signs.ts'

/** The people that a raw event is about, a list of signs each. Null: it cannot be read. */
export function signsOfEvent({ source, body }: Pick<InboxEvent, 'source' | 'body'>): Sign[][] | null {
  try {
    if (source === 'amocrm') return signsOfHook(parseHook(body.toString('utf8')).items)
    const said = readJson(body)
    if (source === 'amocrm-chats') return [signsOfChat(chatHook.parse(said).message.conversation)]
    return [source === 'telegram' ? signsOfSender(sender.parse(said)) : signsOfUpdate(said)]
  } catch {
    return null
  }
}

/** Each item of a hook is about one card or one contact. */
const signsOfHook = (items: HookItem[]): Sign[][] =>
  items.map((item) => {
    const { announced, accepted, touched, deleted, contacts, linked, notes } = hookMeaning([item])
    const leads = [
      ...announced,
      ...accepted,
      ...deleted,
      ...linked,
      ...touched.map(({ leadId }) => leadId),
      ...notes.map(({ leadId }) => leadId),
    ]
    return [
      ...leads.map((id): Sign => `lead:${id}`),
      ...contacts.map((id): Sign => `contact:${id}`),
      ...own(item),
    ]
  })

const kinds: Record<string, 'lead' | 'contact'> = { leads: 'lead', contacts: 'contact' }

/** Items that mean nothing to us (tasks, talks, notes of machines) tell of somebody all the same. */
function own({ entity, fields }: HookItem): Sign[] {
  const kind = kinds[entity]
  const note = fields['note']
  const element = typeof note === 'object' ? note['element_id'] : fields['element_id']
  return [
    ...(kind && isId(fields['id']) ? [`${kind}:${fields['id']}` as const] : []),
    ...(isId(element) ? [`lead:${element}` as const, `contact:${element}` as const] : []),
    ...(isId(fields['lead_id']) ? [`lead:${fields['lead_id']}` as const] : []),
    ...(isId(fields['contact_id']) ? [`contact:${fields['contact_id']}` as const] : []),
  ]
}

const isId = (value: string | HookTree | undefined): value is string =>
  typeof value === 'string' && /^\d+$/.test(value)

const sender = z.object({
  peerId: z.int(),
  peerUsername: z.string().nullable().catch(null),
  peerPhone: z.string().nullable().catch(null),
})

const signsOfSender = ({ peerId, peerUsername, peerPhone }: z.infer<typeof sender>): Sign[] => [
  `telegram:${peerId}`,
  ...(peerUsername ? [`username:${peerUsername.toLowerCase()}` as const] : []),
  ...(peerPhone ? [`phone:${peerPhone}` as const] : []),
]

const someone = z.object({ id: z.int(), username: z.string().optional().catch(undefined) })
const told = z.object({
  chat: someone.optional().catch(undefined),
  user: someone.optional().catch(undefined),
})

/** The private chat of whatever kind of update it is: its id is the person's. */
function signsOfUpdate(said: unknown): Sign[] {
  const parts = Object.values(z.record(z.string(), z.unknown()).parse(said))
  return parts.flatMap((part) => {
    const { data } = told.safeParse(part)
    return [data?.chat, data?.user].flatMap((one) =>
      one ? signsOfSender({ peerId: one.id, peerUsername: one.username ?? null, peerPhone: null }) : [],
    )
  })
}

const chatHook = z.object({
  message: z.object({ conversation: z.object({ id: z.string(), client_id: z.string().nullish() }) }),
})

const signsOfChat = ({
  id,
  client_id: clientId,
}: z.infer<typeof chatHook>['message']['conversation']): Sign[] => {
  const number = /^lead-(\d{1,15})$/.exec(clientId ?? '')?.[1]
  return [`chat:${id}`, ...(number ? [`conversation:${number}` as const] : [])]
}
