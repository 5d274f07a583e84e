import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, inTransaction } from '../../database/pool.ts'
import type { Keyring } from '../../secrets/keyring.ts'
import type { Access } from '../access.ts'
import { AmocrmError } from '../amocrm-error.ts'
import { type OauthSettings, requestTokens, type Tokens } from './request-tokens.ts'
import { clearTokens, lockTokens, saveTokens } from './token-store.ts'

type Ports = { db: Database; keyring: Keyring; baseUrl: string; settings: OauthSettings; now: () => Date }
type Held = { access: string; version: number; expiresAt: Date }
type Renewed = Held | { revoked: string }

/** Renewed so long before they end, in ms: a request must not outlive its token. */
const earlyMs = 5 * 60_000

/**
 * Tokens of an OAuth integration, shared by all processes of one database. Whoever finds them ended locks them, looks whether
 * another renewed them meanwhile, and only then asks; the new pair is stored before anybody uses it.
 */
export function createOauthAccess(ports: Ports): Access {
  let held: Held | null = null
  let renewing: Promise<Held> | null = null

  const lasts = (expiresAt: Date) => expiresAt.getTime() - ports.now().getTime() > earlyMs

  /** One renewal per process at a time, one per database by the lock. It goes on when the caller has given up. */
  function renewFrom(version: number | null): Promise<Held> {
    renewing ??= renewLocked(ports, version, lasts)
      .then((renewed) => {
        if ('revoked' in renewed) {
          held = null
          throw new AmocrmError(401, `access was revoked, authorize anew: ${renewed.revoked}`)
        }
        held = renewed
        return renewed
      })
      .finally(() => {
        renewing = null
      })
    return renewing
  }

  return {
    async token() {
      if (held && lasts(held.expiresAt)) return held.access
      return (await renewFrom(held?.version ?? null)).access
    },
    async renew(refused) {
      if (held && held.access !== refused) return held.access
      return (await renewFrom(held?.version ?? null)).access
    },
  }
}

/** @param version the tokens that do not serve any more; null: none are known here yet */
async function renewLocked(
  { db, keyring, baseUrl, settings, now }: Ports,
  version: number | null,
  lasts: (expiresAt: Date) => boolean,
): Promise<Renewed> {
  let unsaved: { version: number; tokens: Tokens; expiresAt: Date } | null = null
  try {
    return await inTransaction(db, async (tx): Promise<Renewed> => {
      const stored = await lockTokens(tx, keyring, settings.seed)
      if (stored.revokedReason) return { revoked: stored.revokedReason }
      const { pair, expiresAt } = stored
      if (pair && expiresAt && stored.version !== version && lasts(expiresAt))
        return { access: pair.access, version: stored.version, expiresAt }
      try {
        const grant = pair ? { kind: 'refresh_token' as const, value: pair.refresh } : settings.seed
        const tokens = await requestTokens(baseUrl, settings, grant)
        const until = new Date(now().getTime() + tokens.expiresInSec * 1000)
        unsaved = { version: stored.version, tokens, expiresAt: until }
        await saveTokens(tx, keyring, settings.seed, { version: stored.version, ...tokens, expiresAt: until })
        return { access: tokens.access, version: stored.version + 1, expiresAt: until }
      } catch (error) {
        if (!(error instanceof AmocrmError) || error.retry) throw error
        await clearTokens(tx, stored.version, error.message)
        return { revoked: error.message }
      }
    })
  } catch (error) {
    if (!unsaved) throw error
    return saveAnyhow({ db, keyring, settings }, unsaved, error)
  }
}

/** The old refresh token is used up: a pair that is not stored would lock us out until a human authorizes anew. */
async function saveAnyhow(
  { db, keyring, settings }: Pick<Ports, 'db' | 'keyring' | 'settings'>,
  { version, tokens, expiresAt }: { version: number; tokens: Tokens; expiresAt: Date },
  cause: unknown,
): Promise<Held> {
  for (let attempt = 1; attempt <= 20; attempt++) {
    try {
      await saveTokens(db, keyring, settings.seed, { version, ...tokens, expiresAt })
      return { access: tokens.access, version: version + 1, expiresAt }
    } catch {
      await sleep(Math.min(2000, 100 * attempt))
    }
  }
  throw cause
}
