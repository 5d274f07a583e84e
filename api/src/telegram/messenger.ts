import type { TelegramMessage } from './telegram-message.ts'
import type { AccountCheck } from './account-check.ts'
import type { AccountState } from './account-state.ts'
import type { Queryable } from '../database/pool.ts'
import type { Bond } from '../leads/bind-telegram.ts'
import type { Lead } from '../leads/lead.ts'

/** One private chat of one account of ours. `peerId` is the person's user id, which is also the chat's id. */
export type Peer = { accountId: string; peerId: number }

/** A conversation as far as reaching its lead goes. Null: not known yet. */
export type Place = { id: number; account_id: string | null; peer_id: number | null }

export type AccountStatus = {
  account: string
  state: AccountState
  detail: string | null
  phone: string | null
  userId: number | null
  /** When a limit ends; null without one. */
  until: Date | null
  /** What to scan, while the state is qr_pending and this process shows it. */
  qr: { url: string; expiresAt: Date } | null
}

/** Why nobody can be written to, for good. */
export type Unreachable =
  /** The card names neither a username nor a phone. */
  | 'no-address'
  /** Nobody has this username or phone, or their privacy hides it; Telegram does not say which. */
  | 'not-found'
  | 'privacy'
  | 'premium-needed'
  | 'paid-messages'
  | 'blocked'
  | 'deactivated'
  /** The address belongs to a bot, a group or a channel. */
  | 'not-a-person'
  | 'write-forbidden'
  /** The lead has to write first (a bot), or has not written for too long (a secretary). */
  | 'window-closed'

/** Why it is not yet the time to write. */
export type Wait =
  | 'not-ready'
  | 'pace'
  | 'daily-cap'
  /** Telegram lets the account write to no strangers. */
  | 'limited'
  /** Telegram named a time to wait. */
  | 'flood'
  | 'halted'
  | 'lookups'
  | 'quiet-hours'

export type Reach =
  /** `bond`: the sign on the card by which the account was found just now. */
  | (Peer & { bond?: Extract<Bond, { sign: string }> })
  | { unreachable: Unreachable; detail: string }
  | { wait: Wait; until: Date; detail: string }

/** Whether the rules of this way let us write now. Closed: the lead has to write first, again, or somebody has to connect something. */
export type Opening = { open: true } | { open: false; why: 'not-started' | 'window-closed'; detail: string }

/** Null in both: an earlier try brought the message there, and its answer was lost. */
export type Sent = { messageId: number | null; at: Date | null }

/** Oldest first, at most 100; `last`: the newest id that was looked at, also when that message is none of those that are kept. */
export type HistoryPage = { messages: TelegramMessage[]; last: number | null; isEnd: boolean }

/** A chat of an account, as the list of chats shows it. */
export type Dialog = {
  peerId: number
  peerUsername: string | null
  peerPhone: string | null
  /** No group, bot, service account, and not the account itself. */
  isPerson: boolean
  isPinned: boolean
  topMessageId: number
  at: Date
}
export type DialogOffset = { id: number; date: number; peerId: number }
export type DialogPage = { dialogs: Dialog[]; next: DialogOffset | null }

/**
 * A way to Telegram: the seller's own account (userbot), a bot, a secretary bot. Whatever goes wrong in `reach`, `markRead`,
 * `typing`, `sendText`, `fetchHistory` and `download` is a MessengerError with a code of ours.
 */
export type Messenger = {
  /** The accounts that this process can send with now. */
  ready: () => string[]
  accounts: () => Promise<AccountStatus[]>
  /** Of one account; without an id of the first one. */
  status: (accountId?: string) => Promise<AccountStatus>
  /** All that is known of each account, or of one, and what it may do: tried now. */
  check: (accountId?: string) => Promise<AccountCheck[]>
  /** Where this lead can be written to; keeps to the pace of new dialogs and lookups. */
  reach: (lead: Lead, conversation: Place) => Promise<Reach>
  /** Asked before anything is thought up for the lead; costs no call to Telegram. */
  opening: (conversation: Place) => Promise<Opening>
  /**
   * A link by which this lead, and nobody else, begins the conversation; the answer is null while there is nobody to write to. Null
   * where we write first.
   */
  invite: ((tx: Queryable, lead: Lead) => Promise<string | null>) | null
  /** Marks the lead's messages as read. */
  markRead: (peer: Peer) => Promise<void>
  /** Shows "typing" for about six seconds, or until a message is sent. */
  typing: (peer: Peer) => Promise<void>
  /**
   * Sends plain text, at most 4096 UTF-16 units. `key` names this message for ever: with the same key the person gets it once,
   * as far as this way to Telegram can promise that (`unknown` is thrown where it cannot).
   */
  sendText: (peer: Peer, text: string, key: string) => Promise<Sent>
  /** Of the chat, what came after a message or a time; nothing where the way has no history. */
  fetchHistory: (peer: Peer, after: number | Date) => Promise<HistoryPage>
  /** The account's chats, those with the newest words first, 100 at a time; `after`: what an earlier page gave as next. Null where there are none. */
  fetchDialogs: ((accountId: string, after: DialogOffset | null) => Promise<DialogPage>) | null
  /** The owner of the account that a business connection speaks for; null when Telegram does not know it. Null where there are none. */
  ownerOfConnection: ((connectionId: string) => Promise<number | null>) | null
  /** The contents of a voice message, photo or file; null when it is gone or larger than `maxBytes`. */
  download: (peer: Peer, messageId: number, maxBytes: number) => Promise<Buffer | null>
  /** Logging in by a person; null where a token is enough. */
  login: Login | null
  /** Connects; resolves when it is connected or waits for a login or another process. @throws when Telegram is not reached */
  start: (accountId?: string) => Promise<void>
  stop: (accountId?: string) => Promise<void>
  /** Ends the connections without a trace in the database, at the end of the process. */
  close: () => Promise<void>
  /** Called when an account was lost without our doing: it should be started again. */
  whenLost: (listener: () => void) => void
}

/** Steps of a login, of one account or of the first one. @throws Problem conflict when a step does not fit the state */
export type Login = {
  phone: (phone: string | null, accountId?: string) => Promise<void>
  code: (code: string, accountId?: string) => Promise<void>
  password: (password: string, accountId?: string) => Promise<void>
  qr: (accountId?: string) => Promise<void>
  logout: (accountId?: string) => Promise<void>
  /** Seals all sessions with the newest key. @returns how many secrets */
  rotateKey: () => Promise<number>
}
