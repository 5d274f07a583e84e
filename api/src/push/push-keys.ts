import { createECDH, hkdfSync } from 'node:crypto'
import type { Ports } from '../app.ts'

/** VAPID: by its key a push service knows who sends. */
export type PushKeys = { publicKey: string; privateKey: string }

/**
 * The key pair of this installation, made of APP_KEY: there is nothing more to keep, and nothing that another installation has. With
 * another APP_KEY it is another pair, and each device subscribes anew when its page is opened.
 */
export function pushKeys({ config }: Ports<'config'>): PushKeys {
  const ecdh = createECDH('prime256v1')
  // Of 2^32 texts one is no number of the curve: then the next.
  for (let round = 0; ; round++) {
    const bytes = Buffer.from(hkdfSync('sha256', config.appKey, '', `web push ${round}`, 32))
    try {
      ecdh.setPrivateKey(bytes)
      return {
        publicKey: ecdh.getPublicKey('base64url'),
        privateKey: bytes.toString('base64url'),
      }
    } catch (error) {
      if (round > 9) throw error
    }
  }
}
