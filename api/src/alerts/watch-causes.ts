import type { App, Ports } from '../app.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import { raiseAlert, resolveAlert } from './raise-alert.ts'

type Cause = { cause: string; subject: string; detail: string | null; lead_id: number | null; count: number }

/** A hand-over that is older was seen by somebody, or was there before there were alerts. */
const handedOverWithin = '1 day'

/**
 * Makes the alerts agree with the facts: whom the assistant handed over and nobody took, and what is a dead letter. Looked for in the
 * tables and not told by their writers, so that no writer can forget to, and what is over is noticed whoever ended it.
 */
export async function watchCauses(app: App): Promise<void> {
  await follow(app, 'hand_off', await handedOver(app.db))
  await follow(app, 'dead_letter', await deadLetters(app.db))
}

async function follow(app: App, kind: 'hand_off' | 'dead_letter', standing: Cause[]): Promise<void> {
  const open = await openAlerts(app, kind)
  const known = new Map(open.map(({ cause, count }) => [cause, count]))
  for (const { cause, lead_id: leadId, ...words } of standing)
    if (known.get(cause) !== words.count)
      await inTransaction(app.db, (tx) =>
        raiseAlert(app, tx, { cause, kind, ...words, ...(leadId === null ? {} : { leadId }) }),
      )
  const stands = new Set(standing.map(({ cause }) => cause))
  for (const { cause, still_stands: stillStands } of open)
    if (!stands.has(cause) && !stillStands) await inTransaction(app.db, (tx) => resolveAlert(app, tx, cause))
}

/** `still_stands`: an older hand-over that nobody took yet. */
async function openAlerts(
  { db }: Ports<'db'>,
  kind: string,
): Promise<{ cause: string; count: number; still_stands: boolean }[]> {
  const { rows } = await db.query<{ cause: string; count: number; still_stands: boolean }>(
    `select a.cause, a.count, coalesce(l.control = 'human' and l.control_source in ('decision', 'failure', 'loop')
       and l.stage not in ('won', 'lost') and l.opted_out_at is null and l.card_gone_at is null, false) as still_stands
     from alerts a left join leads l on l.id = a.lead_id
     where a.resolved_at is null and a.kind = $1`,
    [kind],
  )
  return rows
}

async function handedOver(db: Queryable): Promise<Cause[]> {
  const { rows } = await db.query<Cause>(
    `select 'hand-off:' || id as cause, coalesce(contact_name, name) as subject, control_reason as detail, id as lead_id, 1 as count
     from leads
     where control = 'human' and control_source in ('decision', 'failure', 'loop') and control_since > now() - $1::interval
       and stage not in ('won', 'lost') and opted_out_at is null and card_gone_at is null
     order by control_since desc limit 500`,
    [handedOverWithin],
  )
  return rows
}

/** By where they were going and why: what differs in numbers only is one cause. */
async function deadLetters(db: Queryable): Promise<Cause[]> {
  const { rows } = await db.query<Cause>(
    `select 'dead-letter:' || channel || ':' || md5(regexp_replace(coalesce(reason, ''), '[0-9]+', '#', 'g')) as cause,
       channel as subject, max(reason) as detail, null as lead_id, count(*)::int as count
     from (
       select channel, last_error as reason from outbox where state = 'dead'
       union all
       select 'from ' || source, reason from inbox_events where state in ('failed', 'unreadable')) dead
     group by 1, 2`,
  )
  return rows
}
