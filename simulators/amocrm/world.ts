import type { JournalEntry } from '../shared/journal.ts'

/** Times are unix seconds, as in the API. User id 0 is a robot. */
type Owned = {
  id: number
  responsible_user_id: number
  created_by: number
  updated_by: number
  created_at: number
  updated_at: number
}

export type FieldEntity = 'leads' | 'contacts'
export type StoredValue = {
  value: string | number | boolean
  enum_id?: number
  /** Shown instead of the rest: kinds of fields whose values have no `value` (lists of catalogs, files), or none that we know. */
  raw?: Record<string, unknown>
}
/** Filled custom fields by field id. */
export type Fields = Record<string, StoredValue[]>

export type Card = Owned & { name: string; is_deleted: boolean; fields: Fields; tags: number[] }
export type Lead = Card & {
  price: number
  status_id: number
  pipeline_id: number
  loss_reason_id: number | null
  closed_at: number | null
  contacts: { id: number; is_main: boolean }[]
}
export type Contact = Card & { first_name: string; last_name: string }

export type Note = Owned & {
  entity_type: FieldEntity
  entity_id: number
  note_type: string
  params: Record<string, unknown>
}

export type Task = Owned & {
  text: string
  entity_type: string | null
  entity_id: number | null
  task_type_id: number
  complete_till: number
  duration: number
  is_completed: boolean
  result: { text: string } | null
}

type Tag = { id: number; name: string; entity: FieldEntity }
export type Enum = { id: number; value: string; sort: number; code?: string }
export type Field = {
  id: number
  name: string
  code: string | null
  type: string
  sort: number
  entity: FieldEntity
  enums: Enum[] | null
  /** Stages that a lead reaches only with this field filled. */
  requiredStatuses?: { statusId: number; pipelineId: number }[]
}
export type Status = {
  id: number
  name: string
  sort: number
  color: string
  type: number
  is_editable: boolean
}
export type Pipeline = { id: number; name: string; sort: number; is_main: boolean; statuses: Status[] }
export type User = { id: number; name: string; email: string; is_admin: boolean; amojo_id: string }
type LossReason = { id: number; name: string; sort: number }

export type Webhook = {
  id: number
  destination: string
  settings: string[]
  sort: number
  disabled: boolean
  created_at: number
  updated_at: number
  created_by: number
  /** Milliseconds of the bad answers of the last two hours. */
  bad: number[]
  /** The service takes no new subscription of this address. */
  refusesRenewal?: boolean
  /** A hook of the digital pipeline, for these stages; it is no subscription and is not listed. */
  statusIds?: number[]
}

/** How hooks are written where accounts differ. */
export type HookStyle = {
  accountBlock: 'first' | 'last'
  /** When `add_lead` is sent for a lead that came as an incoming one. */
  unsortedAddLead: 'create' | 'accept' | 'never'
}

/** A hook that waits for `POST /_sim/hooks/release`. */
export type HeldHook = {
  webhookId: number
  event: string
  leadId: number | null
  tree: Record<string, unknown>
}

export type Unsorted = {
  uid: string
  category: 'forms' | 'sip' | 'chats'
  source_uid: string
  source_name: string
  pipeline_id: number
  created_at: number
  metadata: Record<string, unknown>
  lead_id: number
  contact_id: number | null
  state: 'new' | 'accepted' | 'declined'
}

/** One hook on its way to one destination. `attempt` is the one to come, 1 to 5; `due` is in milliseconds. */
export type Delivery = {
  id: number
  webhookId: number
  event: string
  leadId: number | null
  body: string
  attempt: number
  due: number
}

export type LogEvent = {
  id: string
  type: string
  /** Absent means `lead`. */
  entity?: 'lead' | 'contact'
  entity_id: number
  created_by: number
  created_at: number
  value_before: unknown[]
  value_after: unknown[]
}

export type ChatUser = {
  id: string
  client_id: string
  name: string
  avatar: string
  phone: string
  email: string
}
export type ChatMessage = {
  /** The service's id, and the integration's own (`msgid` on the way in); a manager's message has none of its own. */
  id: string
  ref: string | null
  /** Milliseconds. */
  at: number
  author: 'client' | 'manager' | 'bot'
  /** The manager's user id. */
  userId: number | null
  name: string
  type: string
  text: string
  media: string
  file_name: string
  file_size: number
  /** 1 delivered, 2 read, -1 failed; null as long as nobody said. */
  status: number | null
  error: string | null
  isEdited: boolean
}
export type Chat = {
  id: string
  conversationId: string
  sourceId: string | null
  user: ChatUser
  contactId: number | null
  linkId: number | null
  messages: ChatMessage[]
}
export type Talk = {
  talk_id: number
  created_at: number
  updated_at: number
  contact_id: number
  chat_id: string
  entity_id: number
  is_in_work: boolean
  is_read: boolean
  rate: number
  origin: string
}
/** The registered chat channel. `scopeId` is null while it is not connected. */
export type Channel = {
  id: string
  secret: string
  botId: string
  title: string
  /** Where a manager's answer goes; `:scope_id` is filled in. */
  hookUrl: string | null
  scopeId: string | null
}

/** Times of tokens are milliseconds of the simulator's clock. */
export type AccessToken = { token: string; clientId: string; expires: number }
export type RefreshToken = {
  token: string
  clientId: string
  redirectUri: string
  expires: number
  state: 'live' | 'used' | 'revoked'
}
export type AuthCode = {
  code: string
  clientId: string
  redirectUri: string
  expires: number
  isUsed: boolean
}
export type OAuth = {
  /** Seconds. */
  accessLife: number
  refreshLife: number
  /** All bearer tokens are refused, long-lived ones too. */
  refuseAll: boolean
  codes: AuthCode[]
  access: AccessToken[]
  refresh: RefreshToken[]
}

export type Limits = {
  /** Null switches the limit off. */
  perSecond: number | null
  retryAfter: number
  /** How a 429 or 403 looks: problem JSON or the web server's HTML. */
  format: 'json' | 'html'
  /** After so many requests over the limit everything is 403; null never. */
  blockAfter: number | null
}

/** How accounts differ, and readings of what the documentation leaves open; README.md says which is which. */
export type Traits = {
  /** `deleted models`: lists show what was deleted as well, with three keys only. */
  lists: 'live' | 'deleted models'
  /** Filters of lists are a paid option: without it they are ignored, or refused with a status. */
  filters: 'work' | 'ignored' | 'refused 400' | 'refused 402' | 'refused 403'
  order: 'work' | 'ignored'
  /** Who is told of incoming leads, besides those who ticked it in the CRM's own page. */
  incomingHooks: 'nobody' | 'add_lead'
  /** Of a lead that nobody has accepted. It stands in no list in any case. */
  incomingLead: 'readable' | 'hidden'
  incomingContact: 'hidden' | 'readable'
  /** Whether linking a contact to a lead changes the lead and is told. */
  linking: 'silent' | 'told'
  /** Webhooks by the API need a tariff. */
  webhooks: 'allowed' | 'refused 402' | 'refused 422'
  /** Whose token it is. A user who is no admin may not see webhooks and users, nor set anything up. */
  rights: 'admin' | 'user'
}

/** Everything the simulator knows, as kept in its state file. */
export type World = {
  journal: JournalEntry[]
  counters: Record<string, number>
  /** Milliseconds that the simulator's clock is ahead; moves tokens and hook retries only. */
  clockAhead: number
  limits: Limits
  /** Requests over the limit since the last reset; `isBlocked` makes everything 403. */
  violations: number
  isBlocked: boolean
  oauth: OAuth
  users: User[]
  pipelines: Pipeline[]
  fields: Field[]
  lossReasons: LossReason[]
  isLossReasonEnabled: boolean
  traits: Traits
  tags: Tag[]
  leads: Lead[]
  contacts: Contact[]
  notes: Note[]
  tasks: Task[]
  events: LogEvent[]
  webhooks: Webhook[]
  deliveries: Delivery[]
  hookStyle: HookStyle
  isHolding: boolean
  held: HeldHook[]
  unsorted: Unsorted[]
  channel: Channel
  chats: Chat[]
  talks: Talk[]
}
