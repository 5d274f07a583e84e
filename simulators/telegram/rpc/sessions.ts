import { Long, type tl } from '@mtcute/node'
import { firstCenter, homeOf } from '../world/centers.ts'
import type { AuthKey } from '../world/state.ts'
import { unixTime } from '../world/tl-message.ts'
import { type Call, type Handlers, accountOf } from './call.ts'

/** Who is logged in to the account. */
export const sessionMethods: Handlers = {
  'account.getAuthorizations'(call) {
    const account = accountOf(call)
    // A login at the account's own data centre; what was exported to others is the same one.
    const keys = Object.entries(call.world.state.authKeys).filter(
      ([, { accountId, dcId = firstCenter }]) => accountId === account.id && dcId === homeOf(account),
    )
    return {
      _: 'account.authorizations',
      authorizationTtlDays: 180,
      authorizations: keys
        .map(([id, key]) => toTlAuthorization(call, id, key))
        .toSorted((a, b) => Number(b.current ?? false) - Number(a.current ?? false)),
    }
  },
}

function toTlAuthorization({ origin }: Call, id: string, key: AuthKey): tl.RawAuthorization {
  const current = id === origin.authKeyId
  const { deviceModel = '', systemVersion = '', appVersion = '', apiId = 0 } = key.device ?? {}
  const [loggedInAt, activeAt] = [key.loggedInAt, key.activeAt].map((at) => (at ? unixTime(at) : 0))
  return {
    _: 'authorization',
    current,
    // Telegram says nothing but zero of the one that asks.
    hash: current ? Long.ZERO : Long.fromString(id, true, 16).toSigned(),
    deviceModel,
    platform: '',
    systemVersion,
    apiId,
    appName: 'Simulated',
    appVersion,
    dateCreated: loggedInAt ?? 0,
    dateActive: activeAt ?? 0,
    ip: '127.0.0.1',
    country: 'Local',
    region: '',
  }
}
