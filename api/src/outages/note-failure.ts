import type { Ports } from '../app.ts'
import { one, type Queryable } from '../database/pool.ts'
import { readSql } from '../database/read-sql.ts'
import { clip } from '../text/storable.ts'
import { outageBegan } from './tell-card.ts'
import { alertAfterMs, probeAfterMs, type Service } from './services.ts'

const note = readSql(import.meta.dirname, 'note-failure')

export type Failure = {
  service: Service
  reason: string
  /** Whose turn met it; its card gets the task. */
  leadId: number | null
  /** It will not pass by itself: people are told at once. */
  needsHuman?: boolean
  /** It counts as away without a second failure. */
  atOnce?: boolean
}

/** Notes that a service failed; after the second time in a row it counts as away. @returns whether it does */
export async function noteFailure(
  app: Ports<'business' | 'log' | 'wake'>,
  db: Queryable,
  { service, reason, leadId, needsHuman = false, atOnce = false }: Failure,
): Promise<boolean> {
  const words = clip(reason, 1000)
  const { away } = one(
    await db.query<{ away: boolean }>({ ...note, values: [service, words, probeAfterMs[service], atOnce] }),
  )
  if (!away) return false
  const { rows } = await db.query<{ since: Date }>(
    `update outages set alerted_at = now(), alert_lead_id = $2
     where service = $1 and alerted_at is null and ($3 or since <= now() - make_interval(secs => $4::float8 / 1000))
     returning since`,
    [service, leadId, needsHuman, alertAfterMs[service]],
  )
  if (rows[0]) await outageBegan(app, db, { service, since: rows[0].since, reason: words, leadId })
  return true
}
