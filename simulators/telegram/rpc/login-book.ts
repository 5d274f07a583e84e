import { randomBytes } from 'node:crypto'
import type { SrpChallenge } from './srp.ts'

/** Logins in progress. Not saved: after a restart they start over. */
export type LoginBook = {
  /** Account and phone by phone code hash. */
  codes: Map<string, { accountId: number; phone: string }>
  /** By SRP id (decimal). */
  challenges: Map<string, SrpChallenge>
  /** How long a QR token lives. */
  qrLifetimeMs: number
  /** By base64url token. */
  qrTokens: Map<string, QrToken>
  /** Authorizations for another data centre, by their bytes (base64url). */
  exported: Map<string, { accountId: number; dcId: number }>
}

export type QrToken = { authKeyId: string; expiresAt: number; acceptedBy?: number }

export const emptyLoginBook = (qrLifetimeMs = 30_000): LoginBook => ({
  qrLifetimeMs,
  codes: new Map(),
  challenges: new Map(),
  qrTokens: new Map(),
  exported: new Map(),
})

/** A token for this auth key; the one it has, while there is time left. */
export function qrTokenFor(book: LoginBook, authKeyId: string): { token: string; record: QrToken } {
  const now = Date.now()
  for (const [token, record] of book.qrTokens) {
    if (!record.acceptedBy && record.expiresAt < now) book.qrTokens.delete(token)
    else if (record.authKeyId === authKeyId) return { token, record }
  }
  const token = randomBytes(24).toString('base64url')
  const record = { authKeyId, expiresAt: now + book.qrLifetimeMs }
  book.qrTokens.set(token, record)
  return { token, record }
}
