import { MtPeerNotFoundError, type TelegramClient, tl } from '@mtcute/node'
import type { App } from '../../app.ts'
import type { Lead } from '../../leads/lead.ts'
import { MessengerError } from '../messenger-error.ts'
import { one } from '../../database/pool.ts'
import type { Peer, Place, Reach, Unreachable } from '../messenger.ts'
import { limitOn } from '../pace/limits.ts'
import { takeAction } from '../pace/take-action.ts'
import { forgetDialog, takeDialog } from '../pace/take-dialog.ts'
import type { AccountsAtHand } from './accounts-at-hand.ts'
import { contactAmong, knowsAccount } from './acquaintance.ts'

const dayMs = 86_400_000

type Ports = Pick<App, 'db' | 'config' | 'business' | 'now' | 'quietHours'>
type Waiting = Extract<Reach, { wait: unknown }>

/**
 * Where the lead can be written to, and by which account: a conversation keeps its account, a new one gets the account that is
 * free first. The person is known by id, or looked up by each phone of the card, then by username; within the account's pace all
 * along.
 */
export async function reachLead(
  app: Ports,
  accounts: AccountsAtHand,
  lead: Lead,
  place: Place,
): Promise<Reach> {
  const paced = app.config.telegramPaceOn
  const isNew = !(await hasSpoken(app, place.id))
  const timeZone = lead.time_zone ?? app.business.timeZone
  const turn =
    isNew && paced
      ? await takeDialog(app, place.id, { timeZone, start: false })
      : { accountId: place.account_id ?? accounts.ready()[0] ?? 'main' }
  // Who is in the address book of an account may be written to by it all the same.
  const acquainted =
    'wait' in turn && turn.wait === 'limited' ? await contactAmong(accounts, lead, place) : null
  if ('wait' in turn && !acquainted) return turn
  const accountId = 'wait' in turn ? (acquainted ?? '') : turn.accountId
  // Whom we know: what holds for all is looked at together with what holds for them.
  const isFree =
    place.peer_id !== null &&
    (await limitOn(app.db, { accountId, kind: 'stranger', peerId: place.peer_id }, app.now())) === null
  const notNow = await notReady(app, accounts, accountId, isFree)
  if (notNow) return notNow

  const found = await findPerson(app, accounts, accountId, lead, place)
  if ('wait' in found) return found
  const giveUp = async <Why>(why: Why): Promise<Why> => {
    if (isNew) await forgetDialog(app.db, place.id)
    return why
  }
  if ('unreachable' in found) return giveUp(found)
  const refused = isNew ? await requirementsOf(accounts, accountId, found.peerId) : null
  if (refused) return giveUp(refused)
  const limit =
    isFree && found.peerId === place.peer_id
      ? null
      : await limitFor(app, accounts, { accountId, peerId: found.peerId })
  if (limit) return limit
  if (isNew && paced && !acquainted) {
    const begun = await takeDialog(app, place.id, { timeZone, start: true })
    if ('wait' in begun) return begun
  }
  return { accountId, ...found }
}

/** Whether a message went back or forth: then it is no new dialog, and answering is always allowed. */
async function hasSpoken({ db }: Ports, conversationId: number): Promise<boolean> {
  const { rowCount } = await db.query(
    'select from messages where conversation_id = $1 and channel_message_id is not null limit 1',
    [conversationId],
  )
  return rowCount === 1
}

async function notReady(
  app: Ports,
  accounts: AccountsAtHand,
  accountId: string,
  isFree: boolean,
): Promise<Waiting | null> {
  const now = app.now()
  if (!accounts.ready().includes(accountId)) {
    const { rows } = await app.db.query<{ state: string }>(
      'select state from telegram_accounts where id = $1',
      [accountId],
    )
    const state = rows[0]?.state ?? 'unknown'
    const soon = ['online', 'connecting'].includes(state)
    const until = new Date(now.getTime() + (soon ? 1000 : 300_000))
    return { wait: 'not-ready', until, detail: `the Telegram account ${accountId} is ${state}` }
  }
  const limit = isFree ? null : await limitOn(app.db, { accountId, kind: 'send' }, now)
  return limit && { wait: 'flood', until: limit.until, detail: `Telegram said ${limit.reason}` }
}

/** A limited account writes to contacts and to people who wrote to it first, and to nobody else. */
async function limitFor(
  app: Ports,
  accounts: AccountsAtHand,
  { accountId, peerId }: Peer,
): Promise<Waiting | null> {
  const stranger = await limitOn(app.db, { accountId, kind: 'stranger', peerId }, app.now())
  if (!stranger) return null
  const isKnown = await accounts.look(accountId, (client) =>
    knowsAccount(app.db, client, { accountId, peerId }),
  )
  const limit = isKnown ? await limitOn(app.db, { accountId, kind: 'send', peerId }, app.now()) : stranger
  return (
    limit && {
      wait: isKnown ? 'flood' : 'limited',
      until: limit.until,
      detail: `Telegram said ${limit.reason}`,
    }
  )
}

type Found =
  | Pick<Extract<Reach, Peer>, 'peerId' | 'bond'>
  | { unreachable: Unreachable; detail: string }
  | Waiting

async function findPerson(
  app: Ports,
  accounts: AccountsAtHand,
  accountId: string,
  lead: Lead,
  place: Place,
): Promise<Found> {
  // An id is of use only where this account has met the person.
  const { peer_id: peerId } = place
  if (peerId && (await accounts.look(accountId, (client) => knows(client, peerId)))) return { peerId }
  // A lead that is bound may be looked up by an account that has not met it; a stranger with its sign is not the lead.
  const isLead = (id: number) => lead.telegram_user_id === null || lead.telegram_user_id === id
  const missed = one(
    await app.db.query<{ username_missed: string | null; phones_missed: string[] }>(
      'select username_missed, phones_missed from conversations where id = $1',
      [place.id],
    ),
  )
  // The next sign may have to wait for its turn: what was missed is not asked for again then.
  for (const sign of lead.phones.filter((phone) => !missed.phones_missed.includes(phone))) {
    const phone = sign.replace(/^\+/, '')
    const resolved = await lookUp(app, accounts, accountId, (client) =>
      client.call({ _: 'contacts.resolvePhone', phone }, { abortSignal: AbortSignal.timeout(30_000) }),
    )
    if (resolved && 'wait' in resolved) return resolved
    if (resolved && isBot(resolved))
      return { unreachable: 'not-a-person', detail: `the account of ${sign} is a bot` }
    if (resolved?.peer._ === 'peerUser' && isLead(resolved.peer.userId))
      return { peerId: resolved.peer.userId, bond: { by: 'phone', sign } }
    await app.db.query(
      'update conversations set phones_missed = array_append(phones_missed, $2) where id = $1',
      [place.id, sign],
    )
  }
  const username = lead.telegram_username
  if (username && username !== missed.username_missed) {
    const resolved = await lookUp(app, accounts, accountId, (client) =>
      client.call({ _: 'contacts.resolveUsername', username }, { abortSignal: AbortSignal.timeout(30_000) }),
    )
    if (resolved && 'wait' in resolved) return resolved
    if (resolved && isBot(resolved)) return { unreachable: 'not-a-person', detail: `@${username} is a bot` }
    if (resolved?.peer._ === 'peerUser' && isLead(resolved.peer.userId))
      return { peerId: resolved.peer.userId, bond: { by: 'username', sign: username } }
    if (resolved && resolved.peer._ !== 'peerUser')
      return { unreachable: 'not-a-person', detail: `@${username} is no person` }
    await app.db.query('update conversations set username_missed = $2 where id = $1', [place.id, username])
  }
  // Whoever writes to this lead again looks again: people join Telegram and change what they hide.
  await app.db.query(`update conversations set phones_missed = '{}', username_missed = null where id = $1`, [
    place.id,
  ])
  if (!username && lead.phones.length === 0)
    return { unreachable: 'no-address', detail: 'The card has neither a Telegram username nor a phone' }
  return {
    unreachable: 'not-found',
    detail: 'Nobody in Telegram has this username or phone, or their privacy hides it',
  }
}

/** A bot would answer, and never buy. */
const isBot = ({ peer, users }: tl.contacts.RawResolvedPeer): boolean =>
  users.some((user) => user._ === 'user' && user.bot && peer._ === 'peerUser' && user.id === peer.userId)

async function knows(client: TelegramClient, peerId: number): Promise<boolean> {
  try {
    await client.resolvePeer(peerId)
    return true
  } catch (error) {
    if (error instanceof MtPeerNotFoundError) return false
    throw error
  }
}

/** Looks somebody up within the day's budget; null: nobody is there. Telegram locks lookups for hours when there are many. */
async function lookUp<Value>(
  app: Ports,
  accounts: AccountsAtHand,
  accountId: string,
  look: (client: TelegramClient) => Promise<Value>,
): Promise<Value | null | Waiting> {
  const now = app.now()
  const detail = 'the account has looked up as many people as it may'
  if (app.config.telegramPaceOn) {
    const { perDay, gapSec } = app.business.telegram.lookups
    const limit = await limitOn(app.db, { accountId, kind: 'lookup' }, now)
    const until =
      limit?.until ??
      (await takeAction(app.db, accountId, now, {
        kind: 'lookup',
        most: perDay,
        windowMs: dayMs,
        gapMs: gapSec * 1000,
      }))
    if (until) return { wait: 'lookups', until, detail }
  }
  try {
    return await accounts.ask({ accountId, kind: 'lookup' }, (client) => orNobody(() => look(client)))
  } catch (error) {
    if (!(error instanceof MessengerError) || error.code !== 'flood-wait') throw error
    const until = new Date(now.getTime() + (error.retryAfterMs ?? 0) + 1000)
    return { wait: 'lookups', until, detail: `Telegram says ${error.message}` }
  }
}

const nobody: readonly string[] = [
  'USERNAME_NOT_OCCUPIED',
  'USERNAME_INVALID',
  'PHONE_NOT_OCCUPIED',
  'PHONE_NUMBER_INVALID',
]

async function orNobody<Value>(look: () => Promise<Value>): Promise<Value | null> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof MtPeerNotFoundError) return null
    if (tl.RpcError.is(error) && nobody.includes(error.text)) return null
    throw error
  }
}

/** What the person asks of strangers: nothing, Premium, or money, which is never paid. */
async function requirementsOf(
  accounts: AccountsAtHand,
  accountId: string,
  peerId: number,
): Promise<{ unreachable: Unreachable; detail: string } | null> {
  const [requirement] = await accounts.ask({ accountId, kind: 'lookup', peerId }, async (client) => {
    const id = await client.resolveUser(peerId)
    return client.call(
      { _: 'users.getRequirementsToContact', id: [id] },
      { abortSignal: AbortSignal.timeout(30_000) },
    )
  })
  if (requirement?._ === 'requirementToContactPremium')
    return { unreachable: 'premium-needed', detail: 'Only contacts and Premium accounts may write' }
  if (requirement?._ === 'requirementToContactPaidMessages')
    return { unreachable: 'paid-messages', detail: 'Messages to this person cost money' }
  return null
}
