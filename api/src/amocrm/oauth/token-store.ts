import { createHash } from 'node:crypto'
import { z } from 'zod'
import { one, type Queryable } from '../../database/pool.ts'
import type { Keyring } from '../../secrets/keyring.ts'
import type { Grant } from './request-tokens.ts'

/** Where the tokens are sealed for. */
export const tokensPlace = 'amocrm:tokens'
const pairSchema = z.object({ access: z.string(), refresh: z.string() })

export type StoredTokens = {
  version: number
  pair: z.output<typeof pairSchema> | null
  expiresAt: Date | null
  revokedReason: string | null
}

const hashOf = (seed: Grant) => createHash('sha256').update(`${seed.kind}:${seed.value}`).digest('hex')

/** The stored tokens, locked until the transaction ends. Another seed in the settings than they began with empties them. */
export async function lockTokens(tx: Queryable, keyring: Keyring, seed: Grant): Promise<StoredTokens> {
  await tx.query(
    `insert into amocrm_tokens (id, seed_hash) values ('main', $1)
     on conflict (id) do update
       set sealed = null, expires_at = null, revoked_reason = null, seed_hash = excluded.seed_hash, updated_at = now()
       where amocrm_tokens.seed_hash <> excluded.seed_hash`,
    [hashOf(seed)],
  )
  const row = one(
    await tx.query<{
      version: number
      sealed: Buffer | null
      expires_at: Date | null
      revoked_reason: string | null
    }>(`select version, sealed, expires_at, revoked_reason from amocrm_tokens where id = 'main' for update`),
  )
  const pair =
    row.sealed && pairSchema.parse(JSON.parse(keyring.unseal(tokensPlace, null, row.sealed).toString('utf8')))
  return { version: row.version, pair, expiresAt: row.expires_at, revokedReason: row.revoked_reason }
}

/** @param version the one that these tokens replace; nothing happens when it is no longer the newest */
export async function saveTokens(
  db: Queryable,
  keyring: Keyring,
  seed: Grant,
  tokens: { version: number; access: string; refresh: string; expiresAt: Date },
): Promise<void> {
  const { sealed } = keyring.seal(
    tokensPlace,
    Buffer.from(JSON.stringify({ access: tokens.access, refresh: tokens.refresh })),
  )
  await db.query(
    `insert into amocrm_tokens (id, version, sealed, expires_at, seed_hash) values ('main', $1 + 1, $2, $3, $4)
     on conflict (id) do update
       set version = excluded.version, sealed = excluded.sealed, expires_at = excluded.expires_at, revoked_reason = null,
           updated_at = now()
       where amocrm_tokens.version = $1`,
    [tokens.version, sealed, tokens.expiresAt, hashOf(seed)],
  )
}

export const clearTokens = (db: Queryable, version: number, reason: string) =>
  db.query(
    `update amocrm_tokens set sealed = null, expires_at = null, revoked_reason = $2, updated_at = now()
     where id = 'main' and version = $1`,
    [version, reason.slice(0, 500)],
  )
