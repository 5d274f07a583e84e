import { createHmac } from 'node:crypto'

/** What n8n brings along; its types are not ours. */
type Bcrypt = {
  encodeBase64: (bytes: Buffer, length: number) => string
  hashSync: (password: string, salt: string) => string
}

/**
 * The hash that n8n is told of its owner's password. n8n signs its sessions with it, so the same password has the same hash
 * at every start: nobody is logged out by a restart. The salt is of this installation alone.
 */
export function hashOwnerPassword(bcrypt: Bcrypt, password: string, encryptionKey: string): string {
  const salt = createHmac('sha256', encryptionKey)
    .update('salt of the owner password')
    .digest()
    .subarray(0, 16)
  return bcrypt.hashSync(password, `$2a$10$${bcrypt.encodeBase64(salt, 16)}`)
}
