import { Client, escapeIdentifier, escapeLiteral } from 'pg'
import { type Database, one, openDatabase, type Queryable } from '../database/pool.ts'
import { markGap } from '../telegram/mark-gap.ts'
import { errorText } from '../text/storable.ts'

type Restore = {
  file: string
  dumpedAt: string
  /** The address of the database that is replaced; null: there is none. */
  old: string | null
  log: (line: string) => void
}

/**
 * Makes a restored database fit for a world that went on without it: no id is given a second time, every chat is read on from where the
 * dump knew it, and what can still be read in the replaced database of messages that were sent since is noted.
 */
export async function beginAfterRestore(url: string, { file, dumpedAt, old, log }: Restore): Promise<void> {
  const db = openDatabase(url, 2)
  db.on('error', () => {})
  try {
    await skipIds(db)
    const { id } = one(
      await db.query<{ id: number }>(
        'insert into restores (file, dumped_at, restored_at) values ($1, $2, now()) returning id',
        [file, dumpedAt],
      ),
    )
    await forgetWork(db)
    const accounts = await db.query<{ id: string }>('select id from telegram_accounts')
    for (const account of accounts.rows) await markGap(db, account.id)
    if (old !== null)
      await learnFromOld(db, { id, dumpedAt, old }).catch((error: unknown) =>
        log(`the replaced database could not be read for what was sent since: ${errorText(error)}`),
      )
  } finally {
    await db.end()
  }
}

/**
 * Ids since the dump were given, and left the house: Telegram knows a message by its outbox row, n8n a turn by its id. The next ones
 * begin at the tenths of seconds since 2020, so that another restore of the same dump does not give these again either.
 */
async function skipIds(db: Database): Promise<void> {
  const tables = await db.query<{ sequence: string; table: string; column: string }>(
    `select format('%I', s.relname) as sequence, t.relname as table, a.attname as column
     from pg_class s join pg_depend d on d.objid = s.oid and d.deptype in ('a', 'i') and d.classid = 'pg_class'::regclass
     join pg_class t on t.oid = d.refobjid join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
     where s.relkind = 'S' and s.relnamespace = 'public'::regnamespace`,
  )
  for (const { sequence, table, column } of tables.rows)
    await db.query(
      `select setval(${escapeLiteral(sequence)}, greatest(
         (select coalesce(max(${escapeIdentifier(column)}), 0) + 1 from ${escapeIdentifier(table)}),
         (extract(epoch from now() - timestamptz '2020-01-01') * 10)::bigint), false)`,
    )
}

/** What processes had taken that are no more. What was being delivered may have arrived: it is looked for before it goes again. */
async function forgetWork(db: Queryable): Promise<void> {
  await db.query(
    `update outbox set state = 'pending', lease_until = null, claimed_by = null, run_at = least(run_at, now()),
       attempts = greatest(attempts, 1) where state in ('pending', 'sending')`,
  )
  await db.query(`update inbox_events set claimed_by = null where state = 'received'`)
  await db.query(`update telegram_accounts set held_by = null`)
}

/** Newer in the old database: ids of messages of ours, words of ours whose id it never learnt, and the tokens that amoCRM gave for those that it takes no more. */
async function learnFromOld(
  db: Database,
  { id, dumpedAt, old }: { id: number; dumpedAt: string; old: string },
): Promise<void> {
  const client = new Client({ connectionString: old, application_name: 'lead-restore' })
  client.on('error', () => {})
  await client.connect()
  try {
    const { newest } = one(
      await db.query<{ newest: number }>('select coalesce(max(id), 0) as newest from messages'),
    )
    const { rows } = await client.query<
      Record<'account_id' | 'author', string> &
        Record<'peer_id' | 'message_id', number> & { words: string | null }
    >(
      `select m.account_id, m.peer_id, sent.id as message_id, m.author, null as words
       from messages m, lateral unnest(m.part_message_ids || m.channel_message_id) sent (id)
       where m.direction = 'out' and m.account_id is not null and m.peer_id is not null and sent.id is not null
         and (m.id > $2 or m.id in (
           select message_id from outbox
           where channel = 'telegram' and state = 'done' and finished_at >= $1::timestamptz - interval '1 minute'))
       union all
       select coalesce(m.account_id, c.account_id), coalesce(m.peer_id, c.peer_id), -m.id, m.author, m.text
       from messages m join conversations c on c.id = m.conversation_id
         join outbox o on o.channel = 'telegram' and o.message_id = m.id and o.state in ('pending', 'sending', 'done')
       where m.direction = 'out' and m.id > $2 and m.channel_message_id is null and m.text <> ''
         and coalesce(m.account_id, c.account_id) is not null and coalesce(m.peer_id, c.peer_id) is not null`,
      [dumpedAt, newest],
    )
    await db.query(
      `insert into restore_sends (account_id, peer_id, message_id, author, words, restore_id)
       select account_id, peer_id, message_id, author, words, $2
       from jsonb_to_recordset($1::jsonb)
         as sent (account_id text, peer_id bigint, message_id bigint, author text, words text)
       on conflict do nothing`,
      [JSON.stringify(rows), id],
    )
    const tokens = await client.query<{ tokens: unknown }>(
      'select to_jsonb(t) as tokens from amocrm_tokens t',
    )
    await db.query(
      `insert into amocrm_tokens select * from jsonb_populate_recordset(null::amocrm_tokens, $1::jsonb)
       on conflict (id) do update set version = excluded.version, sealed = excluded.sealed, expires_at = excluded.expires_at,
         seed_hash = excluded.seed_hash, revoked_reason = excluded.revoked_reason, updated_at = excluded.updated_at
       where excluded.version > amocrm_tokens.version`,
      [JSON.stringify(tokens.rows.map((row) => row.tokens))],
    )
    // One that was restored itself and never read the world knows no more than its own dump.
    const blind = await client.query('select from restores where settled_at is null')
    if (blind.rowCount === 0) await db.query('update restores set old_was_read = true where id = $1', [id])
    const erased = await client.query<{ at: Date }>('select at from erasures where at >= $1 order by at', [
      dumpedAt,
    ])
    for (const { at } of erased.rows)
      await db.query(
        `insert into restore_findings (restore_id, kind, ref, detail) values ($1, 'check', $2, $3)`,
        [
          id,
          `erasure:${at.toISOString()}`,
          `a person was erased at ${at.toISOString()} and is back with the dump: erase them again`,
        ],
      )
  } finally {
    await client.end()
  }
}
