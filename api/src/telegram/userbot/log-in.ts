import { setTimeout as sleep } from 'node:timers/promises'
import { type TelegramClient, tl } from '@mtcute/node'
import type { App } from '../../app.ts'
import { one } from '../../database/pool.ts'
import { Problem } from '../../http/problems.ts'
import type { AccountState } from '../account-state.ts'
import { errorText } from '../../text/storable.ts'
import { texts } from '../../../../texts/index.ts'

const callMs = 30_000
/** Telegram locks accounts that ask for many codes. */
const codesPerDay = 3
/** Each lives for half a minute. A login that is never used must not be asked for for ever. */
const mostQrCodes = 3

type SentCode = { phone: string; phoneCodeHash: string; expiresAt: string }

/**
 * The steps of a login: by code or by QR, then perhaps the password. What a restart must not lose (the hash that belongs to a
 * code) is in the database; codes and passwords are nowhere.
 */
export function createLogIn(
  { db, log }: Pick<App, 'db' | 'log'>,
  accountId: string,
  {
    enter,
    online,
  }: {
    enter: (state: AccountState, detail: string) => Promise<void>
    online: (client: TelegramClient) => Promise<void>
  },
) {
  let qr: { url: string; expiresAt: Date } | null = null
  let qrEnd = new AbortController()

  async function phone(client: TelegramClient, number: string) {
    await countCode()
    qrEnd.abort()
    qr = null
    const sent = await client.sendCode({ phone: number, abortSignal: AbortSignal.timeout(callMs) })
    if (!('phoneCodeHash' in sent)) return online(client)
    const login: SentCode = {
      phone: number,
      phoneCodeHash: sent.phoneCodeHash,
      expiresAt: new Date(Date.now() + (sent.timeout || 300) * 1000).toISOString(),
    }
    await db.query('update telegram_accounts set login = $2, phone = $3 where id = $1', [
      accountId,
      login,
      number,
    ])
    await enter('code_sent', `the code was sent by ${sent.type}`)
  }

  async function countCode() {
    const { count } = one(
      await db.query<{ count: number }>(
        `select count(*)::int from telegram_actions
         where account_id = $1 and kind = 'login_code' and at > now() - interval '1 day'`,
        [accountId],
      ),
    )
    if (count >= codesPerDay)
      throw new Problem('conflict', `${codesPerDay} codes were asked for within a day: use login_qr, or wait`)
    await db.query(`insert into telegram_actions (account_id, kind, at) values ($1, 'login_code', now())`, [
      accountId,
    ])
  }

  async function code(client: TelegramClient, phoneCode: string) {
    const { login } = one(
      await db.query<{ login: SentCode | null }>('select login from telegram_accounts where id = $1', [
        accountId,
      ]),
    )
    if (!login) throw new Problem('conflict', 'Ask for a code first: action login_phone')
    try {
      await client.signIn({
        phone: login.phone,
        phoneCodeHash: login.phoneCodeHash,
        phoneCode,
        abortSignal: AbortSignal.timeout(callMs),
      })
    } catch (error) {
      if (tl.RpcError.is(error, 'SESSION_PASSWORD_NEEDED')) return needPassword()
      throw asProblem(error)
    }
    await online(client)
  }

  async function password(client: TelegramClient, secret: string) {
    const check = () => client.checkPassword({ password: secret, abortSignal: AbortSignal.timeout(callMs) })
    try {
      // The check is bound to a challenge, which may have grown old; the second try takes a new one.
      await check().catch((error: unknown) => {
        if (tl.RpcError.is(error, 'SRP_ID_INVALID')) return check()
        throw error
      })
    } catch (error) {
      throw asProblem(error)
    }
    await online(client)
  }

  /**
   * Shows a QR code until it is scanned; Telegram changes it every half minute, and after the third one it is over. Resolves when the
   * first one is there.
   */
  async function qrCode(client: TelegramClient, signal: AbortSignal) {
    qrEnd.abort()
    qrEnd = new AbortController()
    const end = AbortSignal.any([signal, qrEnd.signal])
    const [unused, used] = [new AbortController(), new AbortController()]
    const first = Promise.withResolvers<void>()
    let codes = 0
    const done = client.signInQr({
      abortSignal: AbortSignal.any([end, unused.signal]),
      onUrlUpdated: (url, expiresAt) => {
        if (!end.aborted) qr = { url, expiresAt }
        codes += 1
        first.resolve()
        if (codes === mostQrCodes) void endUnused(expiresAt, unused, AbortSignal.any([end, used.signal]))
      },
      onQrScanned: () => used.abort(),
    })
    done
      .then(
        () => online(client),
        (error: unknown) => {
          if (end.aborted) return
          if (tl.RpcError.is(error, 'SESSION_PASSWORD_NEEDED')) return needPassword()
          if (unused.signal.aborted) {
            qr = null
            const command = `npm run telegram -- login${accountId === 'main' ? '' : ` --account ${accountId}`}`
            return enter(
              'need_login',
              `nobody scanned the ${mostQrCodes} QR codes: begin anew with ${command}`,
            )
          }
          first.reject(asProblem(error))
          return enter('need_login', `the login by QR code failed: ${errorText(error)}`)
        },
      )
      .catch((error: unknown) => log.warn({ err: error, account: accountId }, 'The login by QR code failed'))
      .finally(() => {
        if (!end.aborted) qr = null
      })
    await first.promise
    await enter('qr_pending', 'scan the QR code: Telegram, Settings, Devices, Link Desktop Device')
  }

  /** A little before the library asks for the next one. */
  async function endUnused(expiresAt: Date, unused: AbortController, used: AbortSignal) {
    const leftMs = Math.max(0, expiresAt.getTime() - Date.now() - 100)
    await sleep(leftMs, undefined, { signal: used, ref: false }).then(
      () => unused.abort(),
      () => {},
    )
  }

  async function needPassword() {
    qr = null
    await enter('need_password', 'the account has a password: action login_password')
  }

  return {
    phone: (client: TelegramClient, number: string) =>
      phone(client, number).catch(async (error: unknown) => {
        if (tl.RpcError.is(error, 'PHONE_NUMBER_BANNED'))
          await enter('banned', 'Telegram banned this number for ever: take another account')
        throw asProblem(error)
      }),
    code,
    password,
    qrCode,
    shownQr: () => qr,
    /** Forgets what was begun. */
    reset: async () => {
      qrEnd.abort()
      qr = null
      await db.query('update telegram_accounts set login = null where id = $1 and login is not null', [
        accountId,
      ])
    },
  }
}

/** Telegram's own word for what is wrong is safe to show; where it is not clear, with what to do. */
function asProblem(error: unknown): unknown {
  if (!tl.RpcError.is(error)) return error
  const hints: Partial<Record<string, string>> = texts.en.terminal.checks.telegram.login
  const hint = hints[error.text]
  return new Problem('conflict', `Telegram says ${error.text}${hint ? `: ${hint}` : ''}`)
}
