import { z } from 'zod'
import type { App, Ports } from '../app.ts'
import type { Queryable } from '../database/pool.ts'
import { clip, errorText } from '../text/storable.ts'
import { keepBackup } from './keep-backup.ts'

const cursorName = 'backup.last'
const lastSchema = z.object({
  /** Of the last one that was made. */
  at: z.iso.datetime().nullable(),
  triedAt: z.iso.datetime(),
  /** Why the last try made none. */
  error: z.string().nullable(),
})
/** One that failed is tried again after this. */
const againMs = 15 * 60_000

/** When a backup was made last, and why none was since; null: none was ever tried. */
export async function lastBackup(
  db: Queryable,
): Promise<{ at: Date | null; triedAt: Date; error: string | null } | null> {
  const { rows } = await db.query<{ value: unknown }>('select value from cursors where name = $1', [
    cursorName,
  ])
  const last = lastSchema.safeParse(rows[0]?.value)
  if (!last.success) return null
  const { at, triedAt, error } = last.data
  return { at: at === null ? null : new Date(at), triedAt: new Date(triedAt), error }
}

/**
 * Makes a backup when the last one is as old as the settings want. Of several processes one makes it. Call it every minute.
 * @returns whether one was made
 */
export async function backUpRegularly(app: App): Promise<boolean> {
  if (app.config.backupEveryMs === null || !(await isDue(app))) return false
  const client = await app.db.connect()
  try {
    const lock = await client.query<{ mine: boolean }>(
      `select pg_try_advisory_lock(hashtextextended('backup', 3)) as mine`,
    )
    if (!lock.rows[0]?.mine) return false
    try {
      return (await isDue(app)) && (await tryBackup(app))
    } finally {
      await client.query(`select pg_advisory_unlock(hashtextextended('backup', 3))`)
    }
  } finally {
    client.release()
  }
}

async function isDue({ config, db, now }: Ports<'config' | 'db' | 'now'>): Promise<boolean> {
  const last = await lastBackup(db)
  const everyMs = config.backupEveryMs ?? 0
  if (last === null) return true
  const dueAt = Math.max(
    (last.at?.getTime() ?? 0) + everyMs,
    last.error === null ? 0 : last.triedAt.getTime() + againMs,
  )
  return now().getTime() >= dueAt
}

async function tryBackup({
  config,
  db,
  log,
  now,
}: Pick<App, 'config' | 'db' | 'log' | 'now'>): Promise<boolean> {
  const before = await lastBackup(db)
  const note = (at: Date | null, error: string | null) =>
    db.query(
      `insert into cursors (name, value) values ($1, $2)
       on conflict (name) do update set value = excluded.value, updated_at = now()`,
      [cursorName, JSON.stringify({ at: at?.toISOString() ?? null, triedAt: now().toISOString(), error })],
    )
  try {
    const began = now()
    const { file, bytes } = await keepBackup(
      { ...config.backupPlace, databaseUrl: config.databaseUrl },
      began,
    )
    await note(began, null)
    log.info({ file, bytes }, 'A backup was made')
    return true
  } catch (error) {
    const reason = clip(errorText(error), 500)
    await note(before?.at ?? null, reason)
    log.error({ reason }, 'No backup could be made; it is tried again in a quarter of an hour')
    return false
  }
}

const dayMs = 86_400_000

/** What is wrong with the backups; null: nothing, or none are wanted. */
export async function backupTrouble({
  config,
  db,
  now,
}: Ports<'config' | 'db' | 'now'>): Promise<string | null> {
  if (config.backupEveryMs === null) return null
  const last = await lastBackup(db)
  // The first one is on its way.
  if (last === null || (last.at === null && last.error === null)) return null
  const because = last.error === null ? '' : `: ${last.error}`
  if (last.at === null) return `none could be made yet${because}`
  const ageMs = now().getTime() - last.at.getTime()
  if (ageMs <= Math.max(dayMs, 2 * config.backupEveryMs)) return null
  return `the newest is ${Math.floor(ageMs / 3_600_000)} hours old${because}`
}
