/** A seller account that clients log in to. */
export type Account = {
  id: number
  firstName: string
  lastName?: string
  username?: string
  /** With `+`, digits only. */
  phone: string
  loginCode: string
  /** The two-step verification password. */
  password?: string
  /** Grows with each update of this account; clients compare it to find gaps. */
  pts: number
  nextMessageId: number
  /** The newest updates, for updates.getDifference. */
  updates: UpdateRecord[]
  /** Ids of the people in the address book. */
  contacts: number[]
  /** Until then strangers may not be written to (PEER_FLOOD). ISO instant, UTC. */
  limitedUntil?: string
  /** The strangers written to of late. */
  strangers?: { personId: number; at: string }[]
  /** It may only read. */
  frozen?: boolean
  /** Its data centre; another one sends its clients there. Default: 2. */
  dcId?: number
  /** It has Telegram Premium. */
  premium?: boolean
}

export type UpdateRecord = { pts: number; count: number } & (
  | { kind: 'new' | 'edit'; personId: number; messageId: number }
  | { kind: 'delete'; personId: number; messageIds: number[] }
  | { kind: 'readBySeller' | 'readByPerson'; personId: number; maxId: number }
)

export type AccountSeed = Pick<Account, 'firstName' | 'phone' | 'loginCode'> &
  Partial<Pick<Account, 'lastName' | 'username' | 'password' | 'dcId'>>

export const newAccount = (id: number, seed: AccountSeed): Account => ({
  ...seed,
  id,
  pts: 1,
  nextMessageId: 1,
  updates: [],
  contacts: [],
})
