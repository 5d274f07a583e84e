import type { ITelegramStorageProvider } from '@mtcute/node'
import { MemoryRefMessagesRepository, MemoryStorageDriver } from '@mtcute/node'
import { z } from 'zod'
import type { Database } from '../../database/pool.ts'
import { faultPoint } from '../../process/fault-point.ts'
import type { Keyring } from '../../secrets/keyring.ts'

type Kind = 'kv' | 'auth_key' | 'temp_key' | 'peer'
type Entry = { kind: Kind; name: string | number }
type Peer = Parameters<ITelegramStorageProvider['peers']['store']>[0]

export type SessionStorage = ITelegramStorageProvider & {
  /** Forgets the login, here and in the database. */
  wipe: () => Promise<void>
}

export type SessionOptions = {
  accountId: string
  keyring: Keyring
  settle: () => Promise<void>
  /** Which of these people had their data erased: they are not remembered again. */
  erased: (peerIds: number[]) => Promise<Set<number>>
}

/**
 * The client's session in PostgreSQL. Read whole at start; written when the client says `save`, in one statement, and only
 * after `settle`: the position in Telegram's stream of updates must never be stored before the messages up to it are.
 * Auth keys are encrypted and written at once.
 */
export function createSessionStorage(
  db: Database,
  { accountId, keyring, settle, erased }: SessionOptions,
): SessionStorage {
  const values = new Map<string, Buffer>()
  const changed = new Map<string, Entry>()
  const nameOf = (kind: Kind, name: string | number) => `${kind}\n${name}`
  const isSecret = (kind: Kind) => kind === 'auth_key' || kind === 'temp_key'

  const put = (kind: Kind, name: string | number, value: Uint8Array | null) => {
    if (value) values.set(nameOf(kind, name), Buffer.from(value))
    else values.delete(nameOf(kind, name))
    changed.set(nameOf(kind, name), { kind, name })
  }
  const get = (kind: Kind, name: string | number) => values.get(nameOf(kind, name)) ?? null
  const dropAll = (kind: Kind, prefix = '') => {
    for (const full of [...values.keys()]) {
      if (full.startsWith(nameOf(kind, prefix))) put(kind, full.slice(kind.length + 1), null)
    }
  }

  let loaded = false
  /** Once: the library loads again what we loaded, where nobody could catch an error. */
  async function load(): Promise<void> {
    if (loaded) return
    const { rows } = await db.query<{ kind: Kind; key: string; key_id: string | null; value: Buffer }>(
      'select kind, key, key_id, value from telegram_sessions where account_id = $1',
      [accountId],
    )
    for (const row of rows) {
      const value = isSecret(row.kind)
        ? keyring.unseal(secretPlace(accountId, row.kind, row.key), row.key_id, row.value)
        : row.value
      values.set(nameOf(row.kind, row.key), value)
    }
    loaded = true
  }

  /** Of the people whom the library knows, those who are none of ours: they stay in memory, and in private. */
  async function strangersIn(entries: Entry[]): Promise<Set<number>> {
    const ids = entries.flatMap(({ kind, name }) =>
      kind === 'peer' && get(kind, name) ? [Number(name)] : [],
    )
    if (ids.length === 0) return new Set()
    const { rows } = await db.query<{ id: number }>(
      `select peer_id as id from conversations where account_id = $1 and peer_id = any($2::bigint[])
       union select telegram_user_id from leads where telegram_user_id = any($2::bigint[])
       union select user_id from telegram_accounts where id = $1 and user_id = any($2::bigint[])`,
      [accountId, ids],
    )
    const ours = new Set(rows.map(({ id }) => id))
    return new Set(ids.filter((id) => !ours.has(id)))
  }

  async function write(entries = [...changed.values()]): Promise<void> {
    const peers = entries.flatMap(({ kind, name }) => (kind === 'peer' ? [Number(name)] : []))
    for (const id of await erased(peers)) values.delete(nameOf('peer', id))
    const dropped = await strangersIn(entries)
    entries = entries.filter(({ kind, name }) => kind !== 'peer' || !dropped.has(Number(name)))
    if (entries.length === 0) return
    for (const { kind, name } of entries) changed.delete(nameOf(kind, name))
    try {
      const rows = entries.map(({ kind, name }) => {
        const value = get(kind, name)
        const isSealed = value !== null && isSecret(kind)
        const { keyId, sealed } = isSealed
          ? keyring.seal(secretPlace(accountId, kind, String(name)), value)
          : { keyId: null, sealed: value }
        return { kind, key: String(name), sealed, keyId }
      })
      await db.query(
        `with entry as (select * from unnest($2::text[], $3::text[], $4::bytea[], $5::text[]) as e (kind, key, value, key_id)),
         gone as (delete from telegram_sessions s using entry e
           where s.account_id = $1 and s.kind = e.kind and s.key = e.key and e.value is null)
         insert into telegram_sessions (account_id, kind, key, value, key_id)
         select $1, kind, key, value, key_id from entry where value is not null
         on conflict (account_id, kind, key) do update set value = excluded.value, key_id = excluded.key_id`,
        [
          accountId,
          rows.map(({ kind }) => kind),
          rows.map(({ key }) => key),
          rows.map(({ sealed }) => sealed),
          rows.map(({ keyId }) => keyId),
        ],
      )
    } catch (error) {
      for (const entry of entries) changed.set(nameOf(entry.kind, entry.name), entry)
      throw error
    }
  }

  async function save(): Promise<void> {
    await settle()
    await write()
    faultPoint('session.saved')
  }

  const findPeer = (fits: (peer: Peer) => boolean): Peer | null => {
    let best: Peer | null = null
    for (const [full, value] of values) {
      if (!full.startsWith('peer\n')) continue
      const peer = decodePeer(value)
      if (fits(peer) && (!best || peer.updated > best.updated)) best = peer
    }
    return best
  }

  return {
    driver: { load, save, destroy: save },
    kv: {
      set: (name, value) => put('kv', name, value),
      get: (name) => get('kv', name),
      delete: (name) => put('kv', name, null),
      deleteAll: () => dropAll('kv'),
    },
    authKeys: {
      set: async (dc, value) => {
        put('auth_key', dc, value)
        await write([{ kind: 'auth_key', name: dc }])
      },
      get: (dc) => get('auth_key', dc),
      // Temporary keys are made again after a restart; keeping them would gain nothing.
      setTemp: () => {},
      getTemp: () => null,
      deleteByDc: async (dc) => {
        put('auth_key', dc, null)
        await write([{ kind: 'auth_key', name: dc }])
      },
      deleteAll: async () => {
        dropAll('auth_key')
        await write()
      },
    },
    peers: {
      store: (peer) => put('peer', peer.id, encodePeer(peer)),
      getById: (id) => {
        const value = get('peer', id)
        return value && decodePeer(value)
      },
      getByUsername: (username) => findPeer((peer) => peer.usernames.includes(username.toLowerCase())),
      getByPhone: (phone) => findPeer((peer) => peer.phone === phone),
      deleteAll: () => dropAll('peer'),
    },
    refMessages: new MemoryRefMessagesRepository(new MemoryStorageDriver()),
    wipe: async () => {
      for (const kind of ['kv', 'auth_key', 'peer'] as const) dropAll(kind)
      await write()
    },
  }
}

/** Where a secret stands; sealed with it, so that it opens nowhere else. */
export const secretPlace = (accountId: string, kind: string, name: string) =>
  `telegram_sessions\n${accountId}\n${kind}\n${name}`

const storedPeerSchema = z.object({
  id: z.number(),
  accessHash: z.string(),
  isMin: z.boolean(),
  usernames: z.array(z.string()),
  updated: z.number(),
  phone: z.string().optional(),
  complete: z.string(),
})

const encodePeer = (peer: Peer) =>
  Buffer.from(JSON.stringify({ ...peer, complete: Buffer.from(peer.complete).toString('base64') }))

function decodePeer(value: Buffer): Peer {
  const peer = storedPeerSchema.parse(JSON.parse(value.toString('utf8')))
  return { ...peer, complete: Buffer.from(peer.complete, 'base64') }
}
