import type { Socket } from 'node:net'
import type { Long } from '@mtcute/node'
import type { ICryptoProvider } from '@mtcute/node/utils.js'
import type { Outcome } from '../rpc/dispatch.ts'
import type { Call } from '../rpc/call.ts'
import type { LoginBook } from '../rpc/login-book.ts'
import { type Centers, firstCenter } from '../world/centers.ts'
import type { World } from '../world/world.ts'
import { authKeyId, decryptFrame, encryptFrame, nextMessageId } from './encryption.ts'
import { createHandshake, plainBody, plainFrame } from './handshake.ts'
import type { Request } from './methods.ts'
import type { ServerKey } from './rsa.ts'
import { type Session, createSession } from './session.ts'
import { longFrom } from './tl.ts'
import { readFrames, writeFrame, writeTransportError } from './transport.ts'

export type Backend = {
  world: World
  logins: LoginBook
  crypto: ICryptoProvider
  serverKey: ServerKey
  dispatch: (call: Call, request: Request) => Promise<Outcome>
  /** Which data centre this is, of all that there are. */
  dcId: number
  centers: Centers
}

let connections = 0

/** Serves one TCP connection until it ends: makes auth keys, keeps encrypted sessions. Broken input cuts it. */
export function serveConnection(socket: Socket, backend: Backend): void {
  const connection = ++connections
  const { world, crypto } = backend
  const sessions = new Map<string, Session>()
  const { dcId, centers, logins } = backend
  const host = socket.localAddress?.replace('::ffff:', '') ?? '127.0.0.1'
  let usedKeyId: string | undefined

  const handshake = createHandshake(crypto, backend.serverKey, ({ key, salt }) => {
    const record = { key: key.toString('base64'), salt: salt.toString('base64'), dcId }
    world.state.authKeys[authKeyId(key)] = record
    world.changed()
  })

  const openSession = (keyId: string, key: Buffer, salt: Long, sessionId: Long): Session =>
    createSession(keyId, {
      connection,
      salt,
      write: (message) => writeFrame(socket, encryptFrame(crypto, key, salt, { ...message, sessionId })),
      cut: () => socket.destroy(),
      run: (origin, request) => backend.dispatch({ world, logins, origin, dcId, centers, host }, request),
      unexpected: (what) => void world.journal.add('unexpected', { message: what }),
      introduce: (device) => {
        const record = world.state.authKeys[keyId]
        if (record) record.device = device
        world.changed()
      },
    })

  const receiveEncrypted = (frame: Buffer) => {
    const keyId = frame.subarray(0, 8).toString('hex')
    const record = world.state.authKeys[keyId]
    if (!record || (record.dcId ?? firstCenter) !== dcId) return writeTransportError(socket, 404)
    usedKeyId = keyId
    record.activeAt = new Date().toISOString()
    const key = Buffer.from(record.key, 'base64')
    const message = decryptFrame(crypto, key, frame)
    const name = `${keyId}:${message.sessionId}`
    let session = sessions.get(name)
    if (!session) {
      session = openSession(keyId, key, longFrom(Buffer.from(record.salt, 'base64')), message.sessionId)
      sessions.set(name, session)
      world.live.outlets.add(session.outlet)
    }
    session.receive(message)
  }

  readFrames(socket, (frame) => {
    try {
      const isPlain = frame.length >= 20 && frame.readBigUInt64LE(0) === 0n
      if (!isPlain) receiveEncrypted(frame)
      else writeFrame(socket, plainFrame(nextMessageId('answer').toBytesLE(), handshake(plainBody(frame))))
    } catch (error) {
      world.journal.add('unexpected', { frame: String(error) })
      socket.destroy()
    }
  })

  world.journal.add('connection', { what: 'open', connection, dcId })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    for (const { outlet } of sessions.values()) world.live.outlets.delete(outlet)
    const accountId = usedKeyId && world.state.authKeys[usedKeyId]?.accountId
    world.journal.add('connection', { what: 'close', connection, dcId, ...(accountId ? { accountId } : {}) })
  })
}
