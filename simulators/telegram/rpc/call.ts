import type { tl } from '@mtcute/node'
import type { Account } from '../world/account.ts'
import type { Centers } from '../world/centers.ts'
import type { AuthKey, Person } from '../world/state.ts'
import { accessHash } from '../world/tl-user.ts'
import { type Outlet, type World, authKeyOf, findAccount, findPerson } from '../world/world.ts'
import type { LoginBook } from './login-book.ts'
import { RpcFailure } from './errors.ts'

/** Who calls, and from where. */
export type Call = {
  world: World
  logins: LoginBook
  /** The session of the caller. */
  origin: Outlet
  /** The data centre that is called. */
  dcId: number
  /** All of them, by their ports; on `host`, by which the caller reaches this one. */
  centers: Centers
  host: string
}

/** What each method answers; the names and types are those of the TL schema. @throws RpcFailure */
export type Handlers = {
  [Method in keyof tl.RpcCallReturn]?: (
    call: Call,
    request: Extract<tl.RpcMethod, { _: Method }>,
  ) => tl.RpcCallReturn[Method] | Promise<tl.RpcCallReturn[Method]>
}

export function keyOf({ world, origin }: Call): AuthKey {
  const key = authKeyOf(world, origin)
  if (!key) throw new RpcFailure('AUTH_KEY_UNREGISTERED')
  return key
}

/** The account that the caller is logged in to. */
export function accountOf(call: Call): Account {
  const id = keyOf(call).accountId
  const account = id === undefined ? undefined : findAccount(call.world, id)
  if (!account) throw new RpcFailure('AUTH_KEY_UNREGISTERED')
  return account
}

/** The person that an input peer or input user names, if the access hash is the one that this account was given. */
export function personAt(
  { world }: Call,
  account: Account,
  input: tl.TypeInputPeer | tl.TypeInputUser,
): Person | undefined {
  if (input._ !== 'inputPeerUser' && input._ !== 'inputUser') return undefined
  if (!input.accessHash.eq(accessHash(world, account, input.userId))) return undefined
  return findPerson(world, input.userId)
}

/** @throws RpcFailure PEER_ID_INVALID */
export function requirePerson(
  call: Call,
  account: Account,
  input: tl.TypeInputPeer | tl.TypeInputUser,
): Person {
  const person = personAt(call, account, input)
  if (!person) throw new RpcFailure('PEER_ID_INVALID')
  return person
}
