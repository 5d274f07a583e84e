import { createDiffieHellman, randomBytes } from 'node:crypto'
import { type ICryptoProvider, generateKeyAndIvFromNonce } from '@mtcute/node/utils.js'
import { type MtObject, tlBytes, tlReader } from './tl.ts'
import { type ServerKey, decryptRsaPad } from './rsa.ts'
import { dhGenerator, dhPrime } from './dh-prime.ts'
import { sha1 } from './hash.ts'

export type NewAuthKey = { key: Buffer; salt: Buffer }

// Any product of two primes that a client can split quickly.
const pq = Buffer.from('17ED48941A08F981', 'hex')

/**
 * The server's side of the creation of an auth key (Diffie-Hellman behind RSA), for one connection. Feed it each plain
 * message; it returns the answer, and calls `onKey` when both sides have the key.
 *
 * @throws on anything out of order: the connection is then to be cut
 */
export function createHandshake(
  crypto: ICryptoProvider,
  serverKey: ServerKey,
  onKey: (key: NewAuthKey) => void,
): (message: Uint8Array) => Uint8Array {
  const serverNonce = randomBytes(16)
  const dh = createDiffieHellman(dhPrime, dhGenerator)
  let newNonce: Buffer | undefined

  const aes = () => {
    if (!newNonce) throw new Error('Handshake out of order')
    return crypto.createAesIge(...generateKeyAndIvFromNonce(crypto, serverNonce, newNonce))
  }

  const answer = (message: MtObject): MtObject => {
    switch (message._) {
      case 'mt_req_pq_multi':
        return {
          _: 'mt_resPQ',
          nonce: message.nonce,
          serverNonce,
          pq,
          serverPublicKeyFingerprints: [serverKey.fingerprint],
        }

      case 'mt_req_DH_params': {
        const inner = tlReader(decryptRsaPad(crypto, serverKey, message.encryptedData)).object() as MtObject
        if (inner._ !== 'mt_p_q_inner_data_dc' && inner._ !== 'mt_p_q_inner_data_temp_dc')
          throw new Error(`Unexpected ${inner._}`)
        newNonce = Buffer.from(inner.newNonce)
        const offer: MtObject = {
          _: 'mt_server_DH_inner_data',
          nonce: message.nonce,
          serverNonce,
          g: dhGenerator,
          dhPrime,
          gA: dh.generateKeys(),
          serverTime: Math.floor(Date.now() / 1000),
        }
        const data = tlBytes(offer)
        const padding = randomBytes((16 - ((20 + data.length) % 16)) % 16)
        const encryptedAnswer = aes().encrypt(Buffer.concat([sha1(data), data, padding]))
        return { _: 'mt_server_DH_params_ok', nonce: message.nonce, serverNonce, encryptedAnswer }
      }

      case 'mt_set_client_DH_params': {
        const inner = tlReader(aes().decrypt(message.encryptedData), 20).object() as MtObject
        if (inner._ !== 'mt_client_DH_inner_data') throw new Error(`Unexpected ${inner._}`)
        const secret = dh.computeSecret(inner.gB)
        const key = Buffer.concat([Buffer.alloc(256 - secret.length), secret])
        const salt = Buffer.from(newNonce!.subarray(0, 8).map((byte, index) => byte ^ serverNonce[index]!))
        onKey({ key, salt })
        const auxHash = sha1(key).subarray(0, 8)
        return {
          _: 'mt_dh_gen_ok',
          nonce: message.nonce,
          serverNonce,
          newNonceHash1: sha1(newNonce!, Buffer.from([1]), auxHash).subarray(4, 20),
        }
      }

      default:
        throw new Error(`Unexpected ${message._} in the handshake`)
    }
  }

  return (message) => tlBytes(answer(tlReader(message).object() as MtObject))
}

/** A plain message: auth key id 0, message id, length, body. */
export const plainBody = (frame: Buffer) => frame.subarray(20, 20 + frame.readUInt32LE(16))

export function plainFrame(messageId: ArrayLike<number>, body: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  return Buffer.concat([Buffer.alloc(8), Uint8Array.from(messageId), length, body])
}
