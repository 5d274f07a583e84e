import { createHash } from 'node:crypto'
import { seal, unseal } from './seal.ts'

export type Keyring = {
  /** Names the key that new secrets are sealed with. */
  currentId: string
  seal: (place: string, plain: Uint8Array) => { keyId: string; sealed: Buffer }
  /** @throws when the key is not on the ring, or the value is not what was sealed at this place */
  unseal: (place: string, keyId: string | null, sealed: Uint8Array) => Buffer
}

/** The key that seals, and the older one that still opens while `rotate-key` has not been run. */
export function createKeyring(current: Buffer, old: Buffer | null): Keyring {
  const keys = new Map([current, old].flatMap((key) => (key ? [[keyIdOf(key), key] as const] : [])))
  const currentId = keyIdOf(current)
  return {
    currentId,
    seal: (place, plain) => ({ keyId: currentId, sealed: seal(current, place, plain) }),
    unseal(place, keyId, sealed) {
      const wanted =
        keyId === null ? [...keys.values()] : [keys.get(keyId)].filter((key) => key !== undefined)
      for (const key of wanted) {
        try {
          return unseal(key, place, sealed)
        } catch {
          // Another key of the ring may be the one.
        }
      }
      throw new Error(
        `A secret is sealed with a key that is not here (${keyId ?? 'unnamed'}): put it into APP_KEY or APP_KEY_OLD`,
      )
    },
  }
}

/** Tells keys apart and tells nothing else about them. */
const keyIdOf = (key: Buffer) =>
  createHash('sha256').update('lead processing key id').update(key).digest('hex').slice(0, 12)
