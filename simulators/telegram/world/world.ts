import type { tl } from '@mtcute/node'
import type { Faults } from '../../shared/faults.ts'
import type { Journal } from '../../shared/journal.ts'
import type { Account } from './account.ts'
import type { AuthKey, Chat, Media, Message, Person, State } from './state.ts'

/** One encrypted session of one client: where updates go out. */
export type Outlet = {
  authKeyId: string
  /** Number of the TCP connection that it is on. */
  connection: number
  /** False until it made its first call, and for the file connections that ask for no updates. */
  wantsUpdates: boolean
  send: (updates: tl.TypeUpdates) => void
  close: () => void
}

/** Something happened in a chat; bots hear of it this way. */
export type ChatEvent = { account: Account; person: Person } & (
  | { kind: 'new' | 'edit' | 'reaction'; message: Message }
  | { kind: 'delete'; messageIds: number[] }
)

/** At most `most` calls in `windowSec`; whoever asks once more is told to wait `waitSec`. */
type MethodLimit = { most: number; windowSec: number; waitSec: number }

export type Limits = {
  methods: Record<string, MethodLimit>
  /** How many people who have not written an account may write to within 24 hours, before it is limited for a day. */
  strangersPerDay: number
}

export type World = {
  state: State
  journal: Journal
  faults: Faults
  changed: () => void
  /** How many updates an account remembers; a client that is further behind gets differenceTooLong. */
  keepUpdates: number
  /** What Telegram lets an account do in a time; null: everything. */
  limits: Limits | null
  /** What is not worth saving. */
  live: Live
}

export type Live = {
  outlets: Set<Outlet>
  /** When the seller's typing mark runs out (ms), by `accountId:personId`. */
  typingUntil: Map<string, number>
  /** Accounts whose client said it is online. */
  online: Set<number>
  /** Contents of files by id. */
  files: Map<string, Uint8Array>
  /** Uploads in progress: parts by file id. */
  uploads: Map<string, Map<number, Uint8Array>>
  /** Called for each change of a chat. */
  observers: ((event: ChatEvent) => void)[]
  /** How far the test has moved the clock, ms. */
  aheadMs: number
  /** When each limited method was called (ms), by `accountId:method`. */
  calls: Map<string, number[]>
}

export const emptyLive = (): Live => ({
  outlets: new Set(),
  typingUntil: new Map(),
  online: new Set(),
  files: new Map(),
  uploads: new Map(),
  observers: [],
  aheadMs: 0,
  calls: new Map(),
})

/** The simulator's time, which a test can move. Ms. */
export const nowOf = ({ live }: World): number => Date.now() + live.aheadMs

/** A seller account or a bot. */
export const findAccount = ({ state }: World, id: number): Account | undefined =>
  state.accounts.find((account) => account.id === id) ?? state.bots.find((bot) => bot.id === id)

export const tellObservers = ({ live }: World, event: ChatEvent): void =>
  live.observers.forEach((observe) => observe(event))

export const findPerson = ({ state }: World, id: number) => state.people.find((person) => person.id === id)

export const chatKey = (accountId: number, personId: number) => `${accountId}:${personId}`

/** The chat of these two, made when it is missing. */
export function chatOf({ state }: World, account: Account, person: Pick<Person, 'id'>): Chat {
  const key = chatKey(account.id, person.id)
  state.chats[key] ??= {
    accountId: account.id,
    personId: person.id,
    messages: [],
    sellerReadMaxId: 0,
    personReadMaxId: 0,
  }
  return state.chats[key]
}

/** A file that was sent, whoever has it. */
export const mediaOf = ({ state }: World, fileId: string): Media | undefined =>
  Object.values(state.chats)
    .flatMap((chat) => chat.messages)
    .find((message) => message.media?.fileId === fileId)?.media

/** All chats of the account in which something was said, the newest first. */
export const chatsOf = ({ state }: World, account: Account) =>
  Object.values(state.chats)
    .filter((chat) => chat.accountId === account.id && chat.messages.length > 0)
    .sort((a, b) => b.messages.at(-1)!.id - a.messages.at(-1)!.id)

export const authKeyOf = ({ state }: World, outlet: Outlet): AuthKey | undefined =>
  state.authKeys[outlet.authKeyId]

/** `+` and digits, whatever was between them. */
export const normalPhone = (phone: string) => `+${phone.replaceAll(/\D/g, '')}`
