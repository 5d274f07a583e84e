import { randomBytes } from 'node:crypto'
import { Long, type tl } from '@mtcute/node'
import type { Account } from '../world/account.ts'
import { homeOf } from '../world/centers.ts'
import { toTlSelf } from '../world/tl-user.ts'
import { findAccount, normalPhone, nowOf } from '../world/world.ts'
import { type Call, type Handlers, accountOf, keyOf } from './call.ts'
import { RpcFailure } from './errors.ts'
import { qrTokenFor } from './login-book.ts'

export const authMethods: Handlers = {
  'auth.sendCode'(call, { phoneNumber }) {
    const { world, logins } = call
    const phone = normalPhone(phoneNumber)
    const account = world.state.accounts.find((one) => one.phone === phone)
    if (!account) throw new RpcFailure('PHONE_NUMBER_INVALID')
    if (homeOf(account) !== call.dcId) throw new RpcFailure(`PHONE_MIGRATE_${homeOf(account)}`)
    const phoneCodeHash = randomBytes(9).toString('base64url')
    logins.codes.set(phoneCodeHash, { accountId: account.id, phone })
    world.journal.add('login', { accountId: account.id, step: 'code sent' })
    return {
      _: 'auth.sentCode',
      type: { _: 'auth.sentCodeTypeApp', length: account.loginCode.length },
      phoneCodeHash,
      timeout: 120,
    }
  },

  'auth.signIn'(call, { phoneNumber, phoneCodeHash, phoneCode }) {
    const { world, logins } = call
    const sent = logins.codes.get(phoneCodeHash)
    const account = sent && findAccount(world, sent.accountId)
    if (!account || sent.phone !== normalPhone(phoneNumber)) throw new RpcFailure('PHONE_CODE_EXPIRED')
    if (phoneCode !== account.loginCode) {
      world.journal.add('login', { accountId: account.id, step: 'wrong code' })
      throw new RpcFailure('PHONE_CODE_INVALID')
    }
    logins.codes.delete(phoneCodeHash)
    return logIn(call, account, 'code')
  },

  'auth.exportLoginToken'(call) {
    const { world, logins, origin } = call
    const { token, record } = qrTokenFor(logins, origin.authKeyId)
    const account = record.acceptedBy === undefined ? undefined : findAccount(world, record.acceptedBy)
    if (account && homeOf(account) !== call.dcId)
      return {
        _: 'auth.loginTokenMigrateTo',
        dcId: homeOf(account),
        token: Buffer.from(token, 'base64url'),
      }
    if (account) {
      logins.qrTokens.delete(token)
      return { _: 'auth.loginTokenSuccess', authorization: logIn(call, account, 'qr') }
    }
    return {
      _: 'auth.loginToken',
      expires: Math.ceil(record.expiresAt / 1000),
      token: Buffer.from(token, 'base64url'),
    }
  },

  /** At the account's own data centre, with the token that another one gave. */
  'auth.importLoginToken'(call, { token: bytes }) {
    const { world, logins } = call
    const token = Buffer.from(bytes).toString('base64url')
    const acceptedBy = logins.qrTokens.get(token)?.acceptedBy
    const account = acceptedBy === undefined ? undefined : findAccount(world, acceptedBy)
    if (!account || homeOf(account) !== call.dcId) throw new RpcFailure('AUTH_TOKEN_INVALID')
    logins.qrTokens.delete(token)
    return { _: 'auth.loginTokenSuccess', authorization: logIn(call, account, 'qr') }
  },

  /** Lets the account read files at another data centre. */
  'auth.exportAuthorization'(call, { dcId }) {
    const account = accountOf(call)
    if (dcId === call.dcId || !call.centers.has(dcId)) throw new RpcFailure('DC_ID_INVALID')
    const bytes = randomBytes(128)
    call.logins.exported.set(bytes.toString('base64url'), { accountId: account.id, dcId })
    return { _: 'auth.exportedAuthorization', id: Long.fromNumber(account.id), bytes }
  },

  /** What was exported works once, at the data centre it was exported for. */
  'auth.importAuthorization'(call, { id, bytes }) {
    const { world, logins, dcId } = call
    const token = Buffer.from(bytes).toString('base64url')
    const given = logins.exported.get(token)
    const account = given && findAccount(world, given.accountId)
    if (!account || given.dcId !== dcId || !id.eq(account.id)) throw new RpcFailure('AUTH_BYTES_INVALID')
    logins.exported.delete(token)
    return authorize(call, account, 'export')
  },

  'auth.logOut'(call) {
    const account = accountOf(call)
    delete keyOf(call).accountId
    call.world.changed()
    call.world.journal.add('login', { accountId: account.id, step: 'logged out' })
    return { _: 'auth.loggedOut' }
  },
}

function logIn(call: Call, account: Account, by: 'code' | 'qr'): tl.auth.RawAuthorization {
  if (!account.password) return authorize(call, account, by)
  keyOf(call).passwordPendingFor = account.id
  call.world.changed()
  throw new RpcFailure('SESSION_PASSWORD_NEEDED')
}

/** From here on the caller's auth key acts for the account. */
export function authorize(
  call: Call,
  account: Account,
  by: 'code' | 'qr' | 'password' | 'export',
): tl.auth.RawAuthorization {
  const key = keyOf(call)
  key.accountId = account.id
  key.loggedInAt = new Date(nowOf(call.world)).toISOString()
  delete key.passwordPendingFor
  call.world.changed()
  call.world.journal.add('login', { accountId: account.id, step: 'logged in', by })
  return { _: 'auth.authorization', user: toTlSelf(call.world, account) }
}
