import { randomBytes } from 'node:crypto'
import { Long, type TelegramClient, tl } from '@mtcute/node'
import type { Ports } from '../../app.ts'
import { nameOfProxy } from '../../outgoing/proxy-address.ts'
import { errorText } from '../../text/storable.ts'
import { type AccountCheck, emptyCheck, type Session, stateProblem } from '../account-check.ts'
import { isHalted } from '../halt.ts'
import type { AccountStatus } from '../messenger.ts'
import { type Deed, type Limit, type LimitKind, limitOn } from '../pace/limits.ts'
import { phoneOf } from './to-telegram-message.ts'

type Ask = <Value>(deed: Deed, call: (client: TelegramClient) => Promise<Value>) => Promise<Value>
type Look = <Value>(accountId: string, call: (client: TelegramClient) => Promise<Value>) => Promise<Value>

const note = 'A check of the Lead Processing System. It is deleted at once.'

/** Asks Telegram what it knows of the account, and tries what the account may do, with a message to itself. */
export async function checkAccount(
  app: Ports<'db' | 'config' | 'now'>,
  { ask, look }: { ask: Ask; look: Look },
  status: Omit<AccountStatus, 'qr'>,
): Promise<AccountCheck> {
  const { account, state, phone, userId } = status
  const { proxy } = app.config.telegram
  const limits = await readLimits(app, account)
  const check: AccountCheck = {
    ...emptyCheck(account, state),
    phone,
    userId,
    knownSince: await firstOnline(app, account),
    limits,
    proxy: proxy && nameOfProxy(proxy),
  }
  const wrong = stateProblem(status, false)
  if (wrong) check.problems.push(wrong)
  for (const { kind, until, peerId, reason } of limits)
    if (peerId === null)
      check.problems.push({
        what: `Telegram limits the account (${kind}) until ${until.toISOString()}: ${reason}`,
        fix: 'wait, and write from the account to @SpamBot in the Telegram app: it says why and takes appeals',
      })
  if (await isHalted(app.db))
    check.problems.push({
      what: 'all sending is stopped by hand',
      fix: 'POST /telegram/userbot {"action":"resume"}',
    })
  if (state !== 'online' && state !== 'limited' && state !== 'frozen') return check

  try {
    await look(account, (client) => readSelf(client, check))
  } catch (error) {
    const isElsewhere = errorText(error).endsWith('is not online here')
    check.problems.push({
      what: `it was not asked: ${errorText(error)}`,
      fix: isElsewhere
        ? 'another process of the API holds the account: ask that one (--api), or check again in a moment'
        : 'check again in a minute; see the log of the API',
    })
    return check
  }
  for (const session of check.sessions ?? [])
    if (session.isUnconfirmed)
      check.problems.push({
        what: `a login that nobody confirmed: ${session.device}, ${session.country}`,
        fix: 'Telegram app, Settings, Devices: confirm it, or end it and change the password',
      })
  await trySelf(app, ask, check)
  for (const [kind, what] of [
    ['stranger', 'write to people who never wrote to it'],
    ['lookup', 'look people up by phone and username'],
    ['history', 'read histories'],
  ] as const)
    check.may.push({ what, ...(await standing(app, account, kind)) })
  return check
}

async function readSelf(client: TelegramClient, check: AccountCheck): Promise<void> {
  const [self] = await client.call({ _: 'users.getUsers', id: [{ _: 'inputUserSelf' }] })
  if (self?._ === 'user') {
    check.name = [self.firstName, self.lastName].filter(Boolean).join(' ')
    check.username = self.username ?? null
    check.phone = phoneOf(self.phone) ?? check.phone
    check.userId = self.id
    check.premium = self.premium ?? false
  }
  const { authorizations } = await client.call({ _: 'account.getAuthorizations' })
  check.sessions = authorizations.map(toSession)
  const oldest = Math.min(...check.sessions.map(({ since }) => since.getTime()))
  if (Number.isFinite(oldest) && !(check.knownSince && check.knownSince.getTime() < oldest))
    check.knownSince = new Date(oldest)
}

const toSession = (one: tl.RawAuthorization): Session => ({
  device: [one.deviceModel, one.systemVersion].filter(Boolean).join(', '),
  app: [one.appName, one.appVersion].filter(Boolean).join(' '),
  country: one.country,
  since: new Date(one.dateCreated * 1000),
  activeAt: new Date(one.dateActive * 1000),
  isOurs: one.current ?? false,
  isUnconfirmed: one.unconfirmed ?? false,
})

/** A message to Saved Messages, which nobody is told of, and away with it. */
async function trySelf(app: Ports<'db' | 'now'>, ask: Ask, check: AccountCheck): Promise<void> {
  const deed: Deed = { accountId: check.account, kind: 'send' }
  let sent: number | null = null
  for (const [what, call] of [
    [
      'send',
      async (client: TelegramClient) => {
        sent = await sendOwn(client)
      },
    ],
    [
      'delete',
      async (client: TelegramClient) => {
        if (sent !== null) await deleteOwn(client, sent)
      },
    ],
  ] as const) {
    const limit = await limitOn(app.db, deed, app.now())
    try {
      await ask(deed, call)
      check.may.push({ what: `${what} (tried in Saved Messages)`, ok: true, detail: null })
    } catch (error) {
      check.may.push({ what: `${what} (tried in Saved Messages)`, ok: false, detail: errorText(error) })
      // A limit is a problem that was said already.
      if (!limit)
        check.problems.push({
          what: `it could not ${what} a message in its own Saved Messages: ${errorText(error)}`,
          fix: 'open the account in the Telegram app and see whether it can write there; @SpamBot says what is forbidden',
        })
      return
    }
  }
}

/** Not by `client.sendText`, which knows no chat with oneself. @returns the message's id */
async function sendOwn(client: TelegramClient): Promise<number | null> {
  const answer = await client.call({
    _: 'messages.sendMessage',
    peer: { _: 'inputPeerSelf' },
    message: note,
    randomId: Long.fromBytes([...randomBytes(8)]),
    silent: true,
    noWebpage: true,
  })
  // Where the account stands in the stream of updates moves on; told to the library, it asks for nothing that it has.
  if (answer._ !== 'updateShortSentMessage') {
    client.handleClientUpdate(answer)
    const named =
      answer._ === 'updates' ? answer.updates.find((one) => one._ === 'updateMessageID') : undefined
    return named?.id ?? null
  }
  const { id, date, pts, ptsCount } = answer
  const peerId: tl.RawPeerUser = { _: 'peerUser', userId: client.storage.self.getCached()?.userId ?? 0 }
  const message: tl.RawMessage = { _: 'message', id, date, peerId, message: note, out: true }
  const update: tl.RawUpdateNewMessage = { _: 'updateNewMessage', message, pts, ptsCount }
  client.handleClientUpdate({ _: 'updates', updates: [update], users: [], chats: [], date, seq: 0 })
  return id
}

/**
 * Not by `client.deleteMessages`, for the same reason as `markRead` in read-chats.ts: where nothing is left to delete, the answer has
 * the pts of whatever came last, and the library would pass over that.
 */
async function deleteOwn(client: TelegramClient, messageId: number): Promise<void> {
  const { pts, ptsCount } = await client.call({ _: 'messages.deleteMessages', id: [messageId], revoke: true })
  if (ptsCount === 0) return
  const update: tl.RawUpdateDeleteMessages = {
    _: 'updateDeleteMessages',
    messages: [messageId],
    pts,
    ptsCount,
  }
  client.handleClientUpdate({ _: 'updates', updates: [update], users: [], chats: [], date: 0, seq: 0 })
}

async function standing(app: Ports<'db' | 'now'>, accountId: string, kind: LimitKind) {
  const limit = await limitOn(app.db, { accountId, kind }, app.now())
  return { ok: limit === null, detail: limit && limitText(limit) }
}

const limitText = ({ until, reason }: Limit) => `not until ${until.toISOString()}: ${reason}`

async function readLimits(
  { db, now }: Ports<'db' | 'now'>,
  accountId: string,
): Promise<AccountCheck['limits']> {
  const { rows } = await db.query<{ kind: LimitKind; peer_id: number; until: Date; reason: string }>(
    `select kind, peer_id, until, reason from telegram_limits where account_id = $1 and until > $2
     order by peer_id <> 0, kind, until desc limit 100`,
    [accountId, now()],
  )
  return rows.map(({ peer_id: peerId, ...limit }) => ({ ...limit, peerId: peerId === 0 ? null : peerId }))
}

async function firstOnline({ db }: Ports<'db'>, accountId: string): Promise<Date | null> {
  const { rows } = await db.query<{ first_online_at: Date | null }>(
    'select first_online_at from telegram_accounts where id = $1',
    [accountId],
  )
  return rows[0]?.first_online_at ?? null
}
