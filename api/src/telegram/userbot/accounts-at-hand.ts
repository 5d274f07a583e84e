import type { TelegramClient } from '@mtcute/node'
import type { Deed } from '../pace/limits.ts'

/** What can be done with the accounts that are connected in this process. @throws MessengerError */
export type AccountsAtHand = {
  /** Those that are online here. */
  ready: () => string[]
  /** Asks Telegram, within what the account may do. */
  ask: <Value>(deed: Deed, call: (client: TelegramClient) => Promise<Value>) => Promise<Value>
  /** Reads what the client knows by itself; nothing is asked of Telegram. */
  look: <Value>(accountId: string, read: (client: TelegramClient) => Promise<Value>) => Promise<Value>
}
