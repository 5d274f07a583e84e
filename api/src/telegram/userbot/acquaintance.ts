import type { TelegramClient } from '@mtcute/node'
import type { Queryable } from '../../database/pool.ts'
import type { Lead } from '../../leads/lead.ts'
import type { Peer, Place } from '../messenger.ts'
import type { AccountsAtHand } from './accounts-at-hand.ts'

/** Whether an account may write to this person even while it is limited: they wrote to it, or are in its address book. */
export async function knowsAccount(
  db: Queryable,
  client: TelegramClient,
  { accountId, peerId }: Peer,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from messages
     where account_id = $1 and peer_id = $2 and direction = 'in' and kind <> 'reaction' limit 1`,
    [accountId, peerId],
  )
  return rowCount === 1 || isContact(client, peerId)
}

async function isContact(client: TelegramClient, peerId: number): Promise<boolean> {
  const person = await client.storage.peers.getCompleteById(peerId)
  return person?._ === 'user' && person.contact === true
}

/** An account that has this lead in its address book, as far as its client knows without asking; null: none. */
export async function contactAmong(
  accounts: Pick<AccountsAtHand, 'ready' | 'look'>,
  lead: Lead,
  place: Place,
): Promise<string | null> {
  for (const accountId of accounts.ready()) {
    const isOurs = await accounts.look(accountId, async ({ storage: { peers } }) => {
      const signs = [
        ...lead.phones.map((phone) => peers.getByPhone(phone.replace(/^\+/, ''))),
        ...(lead.telegram_username ? [peers.getByUsername(lead.telegram_username.toLowerCase())] : []),
      ]
      const found = (await Promise.all(signs)).flatMap((peer) =>
        peer && 'userId' in peer ? peer.userId : [],
      )
      const ids = [place.peer_id ?? lead.telegram_user_id ?? found[0]].filter((id) => id !== undefined)
      const people = await Promise.all(ids.map((id) => peers.getCompleteById(id)))
      return people.some((person) => person?._ === 'user' && person.contact === true)
    })
    if (isOurs) return accountId
  }
  return null
}
