import { randomBytes } from 'node:crypto'
import type { JournalEntry } from '../../shared/journal.ts'
import { type Bot, firstBot } from '../bot/bot.ts'
import type { BusinessConnection } from './business-connection.ts'
import { type Account, type AccountSeed, newAccount } from './account.ts'
import { generatePrivateKey } from '../mtproto/rsa.ts'

/** Somebody with a phone in their hand: the other side of the chats. */
export type Person = {
  id: number
  firstName: string
  lastName?: string
  username?: string
  /** With `+`, digits only. */
  phone?: string
  languageCode?: string
  /** Not found by phone number, and the number is not shown. */
  phoneHidden?: boolean
  /** This person blocked the seller accounts. */
  blocked?: boolean
  /** Only Telegram Premium accounts may write first. */
  requirePremium?: boolean
  /** Stars that a stranger has to pay per message. */
  paidStars?: number
  /** A bot with a chat like a person's. */
  bot?: boolean
}

export const mediaKinds = [
  'photo',
  'voice',
  'round',
  'document',
  'sticker',
  'contact',
  'location',
  'live_location',
] as const
export type Media = {
  kind: (typeof mediaKinds)[number]
  fileId: string
  mimeType: string
  fileName?: string
  size: number
  /** A contact that is the sender's own, as the button "share my contact" sends it. */
  ownContact?: boolean
  /** A photo that goes after one look. */
  viewOnce?: boolean
  /** The data centre that has it. Default: 2. */
  dcId?: number
}

export type Message = {
  id: number
  from: 'person' | 'seller'
  text: string
  /** ISO instant, UTC. */
  at: string
  editedAt?: string
  /** Decimal; only messages that a client sent have one. */
  randomId?: string
  /** Id of the message that this one answers. */
  replyTo?: number
  media?: Media
  /** What the other side put on it. */
  reaction?: string
  /** The secretary that wrote it in the name of the account. */
  viaBotId?: number
  /** Sent with nobody at the phone: an away message or a greeting, or words that were timed before. */
  automatic?: 'offline' | 'scheduled'
  /** Somebody else's words. */
  forwarded?: boolean
  /** Decimal; what came together has the same one. */
  albumId?: string
  /** A call in the place of words, in seconds; 0: nobody answered. */
  callSec?: number
}

export type Chat = {
  accountId: number
  personId: number
  messages: Message[]
  sellerReadMaxId: number
  personReadMaxId: number
}

export type Device = { deviceModel: string; systemVersion: string; appVersion: string; apiId: number }

export type AuthKey = {
  /** base64, 256 bytes. */
  key: string
  /** base64, 8 bytes. */
  salt: string
  accountId?: number
  /** The data centre that it was made with; unknown to the others. Default: 2. */
  dcId?: number
  /** When it logged in, and when it was heard of last. ISO instants, UTC. */
  loggedInAt?: string
  activeAt?: string
  /** What the client says of itself. */
  device?: Device
  /** The code was right, the password is still to come. */
  passwordPendingFor?: number
}

export type State = {
  privateKey: string
  /** Hex; access hashes are made from it. */
  seed: string
  nextAccountId: number
  nextPersonId: number
  accounts: Account[]
  people: Person[]
  bots: Bot[]
  businessConnections: BusinessConnection[]
  /** By `accountId:personId`. */
  chats: Record<string, Chat>
  /** By hex auth key id. */
  authKeys: Record<string, AuthKey>
  journal: JournalEntry[]
}

const defaultAccount: AccountSeed = {
  firstName: 'Sales',
  username: 'northlight_sales',
  phone: '+79990000001',
  loginCode: '12345',
}

// Real user ids no longer fit in 32 bits, so these do not either.
const firstAccountId = 6_000_000_001
const firstPersonId = 7_000_000_001

/** A world with one seller account and nobody to talk to. */
export function emptyState(account: AccountSeed = defaultAccount, privateKey = generatePrivateKey()): State {
  return {
    privateKey,
    seed: randomBytes(16).toString('hex'),
    nextAccountId: firstAccountId + 1,
    nextPersonId: firstPersonId,
    accounts: [newAccount(firstAccountId, account)],
    people: [],
    bots: [firstBot()],
    businessConnections: [],
    chats: {},
    authKeys: {},
    journal: [],
  }
}
