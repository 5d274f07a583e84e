import type { ICryptoProvider } from '@mtcute/node/utils.js'
import type { Fault } from '../../shared/faults.ts'
import type { Request } from '../mtproto/methods.ts'
import type { TlResult } from '../mtproto/tl.ts'
import { homeOf } from '../world/centers.ts'
import { overLimit } from '../world/limits.ts'
import { authKeyOf, findAccount } from '../world/world.ts'
import { authMethods } from './auth.ts'
import type { Call } from './call.ts'
import { contactMethods } from './contacts.ts'
import { RpcFailure } from './errors.ts'
import { fileMethods } from './files.ts'
import { helpMethods } from './help.ts'
import { passwordMethods } from './password.ts'
import { readingMethods } from './reading.ts'
import { sendingMethods } from './sending.ts'
import { sessionMethods } from './sessions.ts'
import { updateMethods } from './updates.ts'
import { userMethods } from './users.ts'

export type Outcome = {
  /** Undefined: the call stays without an answer. */
  answer?: TlResult | RpcFailure
  /** The answer goes out twice. */
  twice?: boolean
  /** Cut the connection instead of answering. */
  cut?: boolean
}

type Handler = (call: Call, request: Request) => TlResult | Promise<TlResult>

/** Answers method calls; everything that a caller can do goes through here, and so do the faults. */
export function createDispatcher(
  crypto: ICryptoProvider,
): (call: Call, request: Request) => Promise<Outcome> {
  // Each handler is checked against the schema's types where it is written; by name they are all alike.
  const handlers = {
    ...authMethods,
    ...contactMethods,
    ...fileMethods,
    ...helpMethods,
    ...passwordMethods(crypto),
    ...readingMethods,
    ...sendingMethods,
    ...sessionMethods,
    ...updateMethods,
    ...userMethods,
  } as Record<string, Handler | undefined>

  const run = async (call: Call, request: Request): Promise<TlResult | RpcFailure> => {
    const handler = handlers[request._]
    if (!handler) {
      call.world.journal.add('unexpected', { method: request._ })
      return new RpcFailure('METHOD_INVALID')
    }
    try {
      return await handler(call, request)
    } catch (error) {
      if (error instanceof RpcFailure) return error
      call.world.journal.add('unexpected', { method: request._, detail: String(error) })
      return new RpcFailure('INTERNAL')
    }
  }

  return async (call, request) => {
    const { world, origin } = call
    const method = request._
    const accountId = authKeyOf(world, origin)?.accountId
    const fault = world.faults.take({ method, accountId, personId: personIdIn(request) })
    const journal = (details: object) =>
      world.journal.add('rpc', {
        method,
        connection: origin.connection,
        ...(accountId ? { accountId } : {}),
        ...details,
      })

    if (fault) world.journal.add('fault', { method, ...fault })
    if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs).unref())
    if (fault?.drop) {
      journal({ error: 'dropped by a fault' })
      return {}
    }
    const refusal = fault?.error ? new RpcFailure(fault.error) : refusalOf(call, accountId, method)
    const answer = refusal ?? (await run(call, request))
    journal(answer instanceof RpcFailure ? { error: answer.message } : { ok: true })
    return fault?.silent ? {} : { answer, ...aftermath(fault) }
  }
}

/** What is to be asked elsewhere, what a frozen account may not do, and what would be one call too many. */
function refusalOf({ world, dcId }: Call, accountId: number | undefined, method: string): RpcFailure | null {
  const account = accountId === undefined ? undefined : findAccount(world, accountId)
  if (!account) return null
  if (homeOf(account) !== dcId && !servedAnywhere.test(method))
    return new RpcFailure(`USER_MIGRATE_${homeOf(account)}`)
  if (account.frozen && forbiddenToFrozen.test(method)) return new RpcFailure('FROZEN_METHOD_INVALID')
  const waitSec = overLimit(world, account, method)
  return waitSec === null ? null : new RpcFailure(`FLOOD_WAIT_${waitSec}`)
}

/** Files are where they are, and a login may begin anywhere. */
const servedAnywhere = /^(auth|help|upload)\./

const forbiddenToFrozen = /^messages\.(send|edit|delete|setTyping)|^contacts\.(resolve|import|add)/

const aftermath = (fault: Fault | undefined): Outcome => ({ cut: fault?.close, twice: fault?.duplicate })

/** The person a call is about, so that a fault can be for one person only. */
function personIdIn({ peer }: Request): number | undefined {
  const isUser = typeof peer === 'object' && peer !== null && 'userId' in peer
  return isUser && typeof peer.userId === 'number' ? peer.userId : undefined
}
