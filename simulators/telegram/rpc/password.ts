import { randomBytes } from 'node:crypto'
import type { ICryptoProvider } from '@mtcute/node/utils.js'
import { longFrom } from '../mtproto/tl.ts'
import { findAccount } from '../world/world.ts'
import { authorize } from './auth.ts'
import { type Call, type Handlers, keyOf } from './call.ts'
import { RpcFailure } from './errors.ts'
import { checkAnswer, createChallenge, passwordAlgo } from './srp.ts'

/** Two-step verification. */
export const passwordMethods = (crypto: ICryptoProvider): Handlers => ({
  async 'account.getPassword'(call) {
    const account = accountAtDoor(call)
    const algo = passwordAlgo(call.world.state.seed, account.id)
    const answer = {
      _: 'account.password',
      newAlgo: algo,
      newSecureAlgo: { _: 'securePasswordKdfAlgoUnknown' },
      secureRandom: randomBytes(256),
    } as const
    if (!account.password) return answer

    const challenge = await createChallenge(crypto, account.id, account.password, algo)
    const srpId = longFrom(randomBytes(8))
    call.logins.challenges.set(srpId.toString(), challenge)
    return { ...answer, hasPassword: true, currentAlgo: algo, srpB: challenge.B, srpId }
  },

  'auth.checkPassword'(call, { password }) {
    const account = accountAtDoor(call)
    if (password._ === 'inputCheckPasswordEmpty') throw new RpcFailure('PASSWORD_HASH_INVALID')
    const id = password.srpId.toString()
    const challenge = call.logins.challenges.get(id)
    call.logins.challenges.delete(id)
    if (challenge?.accountId !== account.id) throw new RpcFailure('SRP_ID_INVALID')
    if (!checkAnswer(challenge, password)) {
      call.world.journal.add('login', { accountId: account.id, step: 'wrong password' })
      throw new RpcFailure('PASSWORD_HASH_INVALID')
    }
    return authorize(call, account, 'password')
  },
})

/** The account that the caller is in, or for which only the password is missing. */
function accountAtDoor(call: Call) {
  const key = keyOf(call)
  const id = key.passwordPendingFor ?? key.accountId
  const account = id === undefined ? undefined : findAccount(call.world, id)
  if (!account) throw new RpcFailure('AUTH_KEY_UNREGISTERED')
  return account
}
