import { randomBytes } from 'node:crypto'
import { type ICryptoProvider, createAesIgeForMessage } from '@mtcute/node/utils.js'
import { Long } from '@mtcute/node'
import { sha1, sha256 } from './hash.ts'
import { longFrom } from './tl.ts'

export type PlainMessage = { sessionId: Long; messageId: Long; seqNo: number; body: Uint8Array }

export const authKeyId = (key: Uint8Array) => sha1(key).subarray(-8).toString('hex')

/** Decrypts one frame from a client (MTProto 2.0). @throws when the message key does not match the plain text */
export function decryptFrame(crypto: ICryptoProvider, key: Buffer, frame: Buffer): PlainMessage {
  const messageKey = frame.subarray(8, 24)
  const encrypted = frame.subarray(24, frame.length - ((frame.length - 24) % 16))
  const plain = Buffer.from(createAesIgeForMessage(crypto, key, messageKey, true).decrypt(encrypted))
  if (!sha256(key.subarray(88, 120), plain).subarray(8, 24).equals(messageKey))
    throw new Error('Message key does not match')
  const length = plain.readUInt32LE(28)
  return {
    sessionId: longFrom(plain.subarray(8)),
    messageId: longFrom(plain.subarray(16)),
    seqNo: plain.readUInt32LE(24),
    body: plain.subarray(32, 32 + length),
  }
}

/** Encrypts one message to a client. */
export function encryptFrame(
  crypto: ICryptoProvider,
  key: Buffer,
  salt: Long,
  { sessionId, messageId, seqNo, body }: PlainMessage,
): Buffer {
  const head = Buffer.alloc(32)
  head.set(salt.toBytesLE(), 0)
  head.set(sessionId.toBytesLE(), 8)
  head.set(messageId.toBytesLE(), 16)
  head.writeUInt32LE(seqNo, 24)
  head.writeUInt32LE(body.length, 28)
  const padding = randomBytes(12 + ((16 - ((32 + body.length + 12) % 16)) % 16))
  const plain = Buffer.concat([head, body, padding])
  const messageKey = sha256(key.subarray(96, 128), plain).subarray(8, 24)
  const encrypted = createAesIgeForMessage(crypto, key, messageKey, false).encrypt(plain)
  return Buffer.concat([sha1(key).subarray(-8), messageKey, encrypted])
}

let lastTicks = 0n

/** A fresh server message id: time in its high bits, strictly growing; the low bits say what kind of message it is. */
export function nextMessageId(kind: 'answer' | 'notification'): Long {
  const ticks = (BigInt(Date.now()) << 32n) / 1000n / 4n
  lastTicks = ticks > lastTicks ? ticks : lastTicks + 1n
  return Long.fromString(String(lastTicks * 4n + (kind === 'answer' ? 1n : 3n)))
}
