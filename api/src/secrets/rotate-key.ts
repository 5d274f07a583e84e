import { totpPlace } from '../console/second-factor.ts'
import { audit } from '../database/audit.ts'
import { type Database, inTransaction } from '../database/pool.ts'
import { erasureKeyPlace } from '../erasure/marks.ts'
import { tokensPlace } from '../amocrm/oauth/token-store.ts'
import type { Keyring } from './keyring.ts'
import { secretPlace } from '../telegram/userbot/session-storage.ts'

/** Seals every secret of the database anew: Telegram sessions, amoCRM tokens, second factors, the key of erasures. @returns how many; @throws when one cannot be opened: then none is changed */
export async function rotateKey(db: Database, keyring: Keyring): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await tx.query<{
      account_id: string
      kind: string
      key: string
      key_id: string | null
      value: Buffer
    }>(
      `select account_id, kind, key, key_id, value from telegram_sessions
       where kind in ('auth_key', 'temp_key') and key_id is distinct from $1 for update`,
      [keyring.currentId],
    )
    for (const row of rows) {
      const place = secretPlace(row.account_id, row.kind, row.key)
      const { keyId, sealed } = keyring.seal(place, keyring.unseal(place, row.key_id, row.value))
      await tx.query(
        'update telegram_sessions set value = $4, key_id = $5 where account_id = $1 and kind = $2 and key = $3',
        [row.account_id, row.kind, row.key, sealed, keyId],
      )
    }
    const { rows: tokens } = await tx.query<{ id: string; sealed: Buffer }>(
      'select id, sealed from amocrm_tokens where sealed is not null for update',
    )
    for (const { id, sealed } of tokens) {
      const fresh = keyring.seal(tokensPlace, keyring.unseal(tokensPlace, null, sealed)).sealed
      await tx.query('update amocrm_tokens set sealed = $2 where id = $1', [id, fresh])
    }
    const { rows: factors } = await tx.query<{ id: number; sealed: Buffer; key_id: string | null }>(
      `select id, totp_sealed as sealed, totp_key_id as key_id from console_users
       where totp_sealed is not null and totp_key_id is distinct from $1 for update`,
      [keyring.currentId],
    )
    for (const { id, sealed: old, key_id: oldId } of factors) {
      const { keyId, sealed } = keyring.seal(totpPlace(id), keyring.unseal(totpPlace(id), oldId, old))
      await tx.query('update console_users set totp_sealed = $2, totp_key_id = $3 where id = $1', [
        id,
        sealed,
        keyId,
      ])
    }
    const { rows: keys } = await tx.query<{ sealed: Buffer; key_id: string }>(
      'select sealed, key_id from erasure_key where key_id <> $1 for update',
      [keyring.currentId],
    )
    for (const { sealed, key_id: id } of keys) {
      const fresh = keyring.seal(erasureKeyPlace, keyring.unseal(erasureKeyPlace, id, sealed))
      await tx.query('update erasure_key set sealed = $1, key_id = $2', [fresh.sealed, fresh.keyId])
    }
    const secrets = rows.length + tokens.length + factors.length + keys.length
    await audit(tx, { actor: 'human', action: 'key.rotated', details: { secrets } })
    return secrets
  })
}
