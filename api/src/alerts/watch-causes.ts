import { createHash } from 'node:crypto'
import type { App, Ports } from '../app.ts'
import { inTransaction, one, type Queryable } from '../database/pool.ts'
import { raiseAlert, resolveAlert } from './raise-alert.ts'

type Kind = 'hand_off' | 'dead_letter'
type Cause = {
  kind: Kind
  cause: string
  subject: string
  detail: string | null
  lead_id: number | null
  count: number
}
type Open = { kind: Kind; cause: string; count: number; still_stands: boolean }

/** A hand-over that is older was seen by somebody, or was there before there were alerts. */
const handedOverWithin = '1 day'
/** So many of the newest dead letters are looked at; who has more knows already that something is wrong. */
const mostDead = 100

/**
 * Makes the alerts agree with the facts: whom the assistant handed over and nobody took, and what is a dead letter. Looked for in the
 * tables and not told by their writers, so that no writer can forget to, and what is over is noticed whoever ended it.
 * @returns whether there was anything to look at
 */
export async function watchCauses(app: App): Promise<boolean> {
  if (!(await isAnything(app))) return false
  const [open, handed, dead] = [await openAlerts(app), await handedOver(app.db), await deadLetters(app.db)]
  const standing = [...handed, ...dead.causes]
  const known = new Map(open.map(({ cause, count }) => [cause, count]))
  for (const { lead_id: leadId, ...cause } of standing)
    if (known.get(cause.cause) !== cause.count)
      await inTransaction(app.db, (tx) =>
        raiseAlert(app, tx, { ...cause, ...(leadId === null ? {} : { leadId }) }),
      )
  const stands = new Set(standing.map(({ cause }) => cause))
  for (const { kind, cause, still_stands: stillStands } of open)
    // Behind the newest dead letters there may be older ones of its cause.
    if (!stands.has(cause) && !stillStands && (kind === 'hand_off' || dead.isAll))
      await inTransaction(app.db, (tx) => resolveAlert(app, tx, cause))
  return true
}

/** One small question where there is nothing, instead of three. */
async function isAnything({ db }: Ports<'db'>): Promise<boolean> {
  const answer = await db.query<{ some: boolean }>(
    `select exists (select from alerts where resolved_at is null and kind in ('hand_off', 'dead_letter'))
       or exists (select from leads where control = 'human' and control_source in ('decision', 'failure', 'loop')
            and control_since > now() - $1::interval
            and stage not in ('won', 'lost') and opted_out_at is null and card_gone_at is null)
       or exists (select from outbox where state = 'dead')
       or exists (select from inbox_events where state in ('failed', 'unreadable')) as some`,
    [handedOverWithin],
  )
  return one(answer).some
}

/** `still_stands`: an older hand-over that nobody took yet. */
async function openAlerts({ db }: Ports<'db'>): Promise<Open[]> {
  const { rows } = await db.query<Open>(
    `select a.kind, a.cause, a.count, coalesce(l.control = 'human' and l.control_source in ('decision', 'failure', 'loop')
       and l.stage not in ('won', 'lost') and l.opted_out_at is null and l.card_gone_at is null, false) as still_stands
     from alerts a left join leads l on l.id = a.lead_id
     where a.resolved_at is null and a.kind = any($1)`,
    [['hand_off', 'dead_letter']],
  )
  return rows
}

async function handedOver(db: Queryable): Promise<Cause[]> {
  const { rows } = await db.query<Cause>(
    `select 'hand_off' as kind, 'hand-off:' || id as cause, coalesce(contact_name, name) as subject, control_reason as detail,
       id as lead_id, 1 as count
     from leads
     where control = 'human' and control_source in ('decision', 'failure', 'loop') and control_since > now() - $1::interval
       and stage not in ('won', 'lost') and opted_out_at is null and card_gone_at is null
     order by control_since desc limit 500`,
    [handedOverWithin],
  )
  return rows
}

/** By where they were going and why: what differs in numbers only is one cause. `isAll`: there are no older ones that were not looked at. */
async function deadLetters(db: Queryable): Promise<{ causes: Cause[]; isAll: boolean }> {
  const { rows } = await db.query<{ channel: string; reason: string | null; count: number }>(
    `select channel, reason, count(*)::int as count
     from (
       (select channel, last_error as reason from outbox where state = 'dead' order by id desc limit $1)
       union all
       (select 'from ' || source, reason from inbox_events where state in ('failed', 'unreadable') order by id desc limit $1)) dead
     group by 1, 2`,
    [mostDead],
  )
  const causes = new Map<string, Cause>()
  for (const { channel, reason, count } of rows) {
    const cause = `dead-letter:${channel}:${md5((reason ?? '').replaceAll(/[0-9]+/g, '#'))}`
    const before = causes.get(cause)
    const detail =
      [before?.detail ?? null, reason]
        .filter((told) => told !== null)
        .toSorted()
        .at(-1) ?? null
    causes.set(cause, {
      ...{ kind: 'dead_letter', cause, subject: channel, detail, lead_id: null },
      count: count + (before?.count ?? 0),
    })
  }
  return { causes: [...causes.values()], isAll: rows.reduce((sum, { count }) => sum + count, 0) < mostDead }
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex')
