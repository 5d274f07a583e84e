import { randomBytes } from 'node:crypto'
import { unzipSync } from 'node:zlib'
import type { Long, tl } from '@mtcute/node'
import type { Outcome } from '../rpc/dispatch.ts'
import { RpcFailure } from '../rpc/errors.ts'
import type { Device } from '../world/state.ts'
import type { Outlet } from '../world/world.ts'
import { type PlainMessage, nextMessageId } from './encryption.ts'
import { type Request, gzipPackedId, isMethod, maxUnpackedBytes, readMethod } from './methods.ts'
import { type MtObject, futureSaltsBytes, longFrom, rpcResultBytes, tlBytes, tlReader } from './tl.ts'

const containerId = 0x73f1f8dc
// "Received": makes a client wait for its answer instead of asking again.
const received = 4

export type SessionLink = {
  /** Number of the TCP connection, for the journal. */
  connection: number
  salt: Long
  write: (message: Omit<PlainMessage, 'sessionId'>) => void
  cut: () => void
  run: (outlet: Outlet, request: Request) => Promise<Outcome>
  unexpected: (what: string) => void
  /** What the client says of itself. */
  introduce: (device: Device) => void
}

export type Session = { outlet: Outlet; receive: (message: PlainMessage) => void }

/** One encrypted session on one connection: unpacks what the client sends, answers it, and lets updates out. */
export function createSession(authKeyId: string, link: SessionLink): Session {
  const running = new Map<string, Promise<void>>()
  let isNew = true
  let contentCount = 0

  const send = (body: Uint8Array, kind: 'answer' | 'notification', isContent: boolean) => {
    const seqNo = contentCount * 2 + (isContent ? 1 : 0)
    if (isContent) contentCount += 1
    link.write({ messageId: nextMessageId(kind), seqNo, body })
  }
  const answerService = (object: MtObject) => send(tlBytes(object), 'answer', false)

  const outlet: Outlet = {
    authKeyId,
    connection: link.connection,
    wantsUpdates: false,
    send: (updates: tl.TypeUpdates) => send(tlBytes(updates), 'notification', true),
    close: link.cut,
  }

  const handle = (messageId: Long, body: Uint8Array): void => {
    const reader = tlReader(body)
    const id = reader.peekUint()
    if (id === containerId) {
      reader.uint()
      for (let left = reader.uint(); left > 0; left--) {
        const innerId = reader.long()
        reader.uint()
        handle(innerId, reader.raw(reader.uint()))
      }
    } else if (id === gzipPackedId) {
      reader.uint()
      handle(messageId, unzipSync(reader.bytes(), { maxOutputLength: maxUnpackedBytes }))
    } else if (isMethod(id)) {
      const { request, after, withoutUpdates, device } = unwrap(readMethod(reader))
      if (device) link.introduce(device)
      if (!withoutUpdates) outlet.wantsUpdates = true
      const key = messageId.toString()
      const job = Promise.all(after.map((earlier) => running.get(earlier)))
        .then(() => answerCall(messageId, request))
        .catch((error: unknown) => {
          link.unexpected(`${request._}: ${String(error)}`)
          link.cut()
        })
        .finally(() => running.delete(key))
      running.set(key, job)
    } else handleService(messageId, reader.object() as MtObject)
  }

  const answerCall = async (messageId: Long, request: Request) => {
    const { answer, twice, cut } = await link.run(outlet, request)
    if (cut) return link.cut()
    if (answer === undefined) return
    const result =
      answer instanceof RpcFailure
        ? ({ _: 'mt_rpc_error', errorCode: answer.code, errorMessage: answer.message } as const)
        : answer
    for (let times = twice ? 2 : 1; times > 0; times--)
      send(rpcResultBytes(messageId, result), 'answer', true)
  }

  const handleService = (messageId: Long, message: MtObject): void => {
    switch (message._) {
      case 'mt_msgs_ack':
        return
      case 'mt_ping':
      case 'mt_ping_delay_disconnect':
        return answerService({ _: 'mt_pong', msgId: messageId, pingId: message.pingId })
      case 'mt_get_future_salts':
        return send(futureSaltsBytes(messageId, Math.floor(Date.now() / 1000), link.salt), 'answer', false)
      case 'mt_msgs_state_req': {
        const info = Buffer.alloc(message.msgIds.length, received)
        return answerService({ _: 'mt_msgs_state_info', reqMsgId: messageId, info })
      }
      case 'mt_destroy_session':
        return answerService({ _: 'mt_destroy_session_ok', sessionId: message.sessionId })
      case 'mt_rpc_drop_answer':
        return send(rpcResultBytes(messageId, { _: 'mt_rpc_answer_unknown' }), 'answer', true)
      default:
        link.unexpected(message._)
    }
  }

  return {
    outlet,
    receive({ messageId, body }) {
      if (isNew) {
        isNew = false
        const uniqueId = longFrom(randomBytes(8))
        const created = {
          _: 'mt_new_session_created',
          firstMsgId: messageId,
          uniqueId,
          serverSalt: link.salt,
        } as const
        send(tlBytes(created), 'notification', true)
      }
      handle(messageId, body)
    },
  }
}

/** Takes a call out of its wrappers (layer, connection data, order, no updates). */
function unwrap(outer: Request) {
  let request = outer
  const after: string[] = []
  let withoutUpdates = false
  let device: Device | undefined
  while (request._.startsWith('invoke') || request._ === 'initConnection') {
    if (request._ === 'invokeWithoutUpdates') withoutUpdates = true
    if (request._ === 'initConnection') device = deviceOf(request)
    if (request._ === 'invokeAfterMsg') after.push(String(request['msgId']))
    if (request._ === 'invokeAfterMsgs') after.push(...(request['msgIds'] as Long[]).map(String))
    request = request['query'] as Request
  }
  return { request, after, withoutUpdates, device }
}

const deviceOf = ({ deviceModel, systemVersion, appVersion, apiId }: Request): Device => ({
  deviceModel: String(deviceModel),
  systemVersion: String(systemVersion),
  appVersion: String(appVersion),
  apiId: Number(apiId),
})
