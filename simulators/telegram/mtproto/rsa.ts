import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  privateDecrypt,
} from 'node:crypto'
import { type ICryptoProvider, TlBinaryWriter } from '@mtcute/node/utils.js'
import type { Long } from '@mtcute/node'
import { sha1, sha256 } from './hash.ts'
import { longFrom } from './tl.ts'

/**
 * A new key as PEM. mtcute drops leading zeros when it looks a fingerprint up, and so never finds one key in sixteen;
 * such keys are not handed out.
 */
export function generatePrivateKey(): string {
  for (;;) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }) as string
    if (openServerKey(pem).fingerprint.toUnsigned().toString(16).length === 16) return pem
  }
}

export type ServerKey = { privatePem: string; publicPem: string; fingerprint: Long }

/** The server's key pair from its private PEM; the fingerprint is what clients name the key by in the handshake. */
export function openServerKey(privatePem: string): ServerKey {
  const key = createPublicKey(createPrivateKey(privatePem))
  const { n, e } = key.export({ format: 'jwk' }) as { n: string; e: string }
  const writer = TlBinaryWriter.manual(512)
  writer.bytes(Buffer.from(n, 'base64url'))
  writer.bytes(Buffer.from(e, 'base64url'))
  return {
    privatePem,
    publicPem: key.export({ type: 'pkcs1', format: 'pem' }) as string,
    fingerprint: longFrom(sha1(writer.result()).subarray(-8)),
  }
}

/**
 * Decrypts what a client encrypted with RSA_PAD (RSA over a random AES key and the AES-IGE of the reversed data and its
 * hash). Returns 192 bytes: the data and random padding.
 *
 * @throws when the hash does not match
 */
export function decryptRsaPad(crypto: ICryptoProvider, key: ServerKey, encrypted: Uint8Array): Buffer {
  const plain = privateDecrypt({ key: key.privatePem, padding: constants.RSA_NO_PADDING }, encrypted)
  const body = plain.subarray(32)
  const mask = sha256(body)
  const aesKey = Buffer.from(plain.subarray(0, 32).map((byte, index) => byte ^ mask[index]!))
  const dataWithHash = Buffer.from(crypto.createAesIge(aesKey, Buffer.alloc(32)).decrypt(body))
  const data = Buffer.from(dataWithHash.subarray(0, 192).toReversed())
  if (!sha256(aesKey, data).equals(dataWithHash.subarray(192))) throw new Error('RSA_PAD hash does not match')
  return data
}
