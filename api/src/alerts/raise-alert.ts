import type { Ports } from '../app.ts'
import { one, type Queryable } from '../database/pool.ts'
import { clip } from '../text/storable.ts'
import { quietUntil } from '../turns/quiet-hours.ts'
import { type AlertChannel, type AlertKind, urgentKinds } from './alert.ts'
import { queuePushes } from '../push/push-notices.ts'
import { readyChannels } from './channels.ts'

type Raised = {
  /** The same as long as it lasts. */
  cause: string
  kind: AlertKind
  /** The name of a lead, an integration, a provider or a channel. */
  subject: string
  detail?: string | null
  leadId?: number
  /** Of how many things the cause is; absent: one. */
  count?: number
}

/**
 * The one writer of alerts. A cause that has an open alert raises no second one: only its count and its last words follow. Who
 * acknowledged it knew of what there was then: when more came since, it is raised anew.
 * @returns the id of the open alert, and whether it is new
 */
export async function raiseAlert(
  app: Ports<'business' | 'config' | 'now'>,
  tx: Queryable,
  { cause, kind, subject, detail = null, leadId, count = 1 }: Raised,
): Promise<{ id: number; isNew: boolean }> {
  await tx.query(
    `update alerts set resolved_at = now()
     where cause = $1 and resolved_at is null and acknowledged_at is not null and count < $2`,
    [cause, count],
  )
  const { rows } = await tx.query<{ id: number }>(
    `insert into alerts (cause, kind, lead_id, subject, detail, count) values ($1, $2, $3, $4, $5, $6)
     on conflict (cause) where resolved_at is null do nothing returning id`,
    [cause, kind, leadId ?? null, clip(subject, 200), detail && clip(detail, 1000), count],
  )
  if (rows[0]) {
    await queueNotices(app, tx, { id: rows[0].id, kind, event: 'raised', channels: readyChannels(app) })
    return { id: rows[0].id, isNew: true }
  }
  const open = await tx.query<{ id: number }>(
    `update alerts set last_at = now(), count = $2, detail = coalesce($3, detail)
     where cause = $1 and resolved_at is null returning id`,
    [cause, count, detail && clip(detail, 1000)],
  )
  return { id: one(open).id, isNew: false }
}

/** Ends the open alert of a cause, if there is one; whoever was told of it is told that it is over. */
export async function resolveAlert(
  app: Ports<'business' | 'config' | 'now'>,
  tx: Queryable,
  cause: string,
): Promise<boolean> {
  const { rows } = await tx.query<{ id: number; kind: AlertKind }>(
    `update alerts set resolved_at = now() where cause = $1 and resolved_at is null returning id, kind`,
    [cause],
  )
  if (!rows[0]) return false
  const { id, kind } = rows[0]
  await dropUnsent(tx, id)
  const { rows: told } = await tx.query<{ channel: AlertChannel }>(
    `select channel from alert_notices where alert_id = $1 and event = 'raised' and state in ('pending', 'sending', 'sent')`,
    [id],
  )
  const channels = told.map(({ channel }) => channel)
  await queueNotices(app, tx, { id, kind, event: 'resolved', channels })
  return true
}

/** The causes of these kinds that have an open alert. */
export async function openCauses(db: Queryable, kinds: AlertKind[]): Promise<string[]> {
  const { rows } = await db.query<{ cause: string }>(
    'select cause from alerts where resolved_at is null and kind = any($1)',
    [kinds],
  )
  return rows.map(({ cause }) => cause)
}

/** A person has seen it: it is told nowhere any more. False when it is over, or somebody was quicker. */
export async function acknowledgeAlert(tx: Queryable, id: number, by: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update alerts set acknowledged_at = now(), acknowledged_by = $2
     where id = $1 and resolved_at is null and acknowledged_at is null`,
    [id, by],
  )
  if (rowCount === 1) await dropUnsent(tx, id)
  return rowCount === 1
}

/** What was not told yet need not be; a try whose end is unknown counts as told. */
const dropUnsent = (tx: Queryable, alertId: number) =>
  tx.query(
    `update alert_notices set state = 'dropped', finished_at = now()
     where alert_id = $1 and event = 'raised' and state = 'pending' and attempts = 0`,
    [alertId],
  )

async function queueNotices(
  app: Ports<'business' | 'now'>,
  tx: Queryable,
  {
    id,
    kind,
    event,
    channels,
  }: { id: number; kind: AlertKind; event: 'raised' | 'resolved'; channels: AlertChannel[] },
): Promise<void> {
  const { alerts, timeZone } = app.business
  const now = app.now()
  const until = urgentKinds.includes(kind) ? null : quietUntil(now, timeZone, alerts.quietHours)
  const delayMs = until ? until.getTime() - now.getTime() : 0
  await tx.query(
    `insert into alert_notices (alert_id, channel, event, run_at)
     select $1, channel, $2, now() + make_interval(secs => $4::float8 / 1000) from unnest($3::text[]) channel
     on conflict do nothing`,
    [id, event, channels, delayMs],
  )
  if (event === 'raised') await queuePushes(tx, { id, kind, delayMs })
}
