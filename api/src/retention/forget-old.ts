import type { App } from '../app.ts'
import type { Business } from '../settings/business.ts'

const batch = 500
/** Of each kind at one time: the database has other things to do. */
const mostBatches = 20
/** The longest budget of an account counts one day. */
const actionsDays = 2
/** What was told is looked up, if ever, within days. */
const eventsDays = 30
/** So long a card may come after the first words of its person. */
const strangersDays = 1
/** A page that was away for longer reads everything anew. */
const changesDays = 1

type Rule = {
  what: string
  days: (retention: Business['retention']) => number | null
  /** $1 days, $2 how many at most. */
  statement: string
}

/**
 * What is forgotten, oldest first. Never what a promise still needs: open work, dead letters, words of ours that were not said
 * (their rows say so), the task of a meeting to come, and who opted out.
 */
const rules: Rule[] = [
  {
    what: 'raw events',
    days: ({ rawEventsDays }) => rawEventsDays,
    statement: `delete from inbox_events where id in (
      select id from inbox_events where state = 'processed' and processed_at < now() - make_interval(days => $1)
      order by processed_at limit $2 for update skip locked)`,
  },
  {
    what: 'traces of turns',
    days: ({ turnTracesDays }) => turnTracesDays,
    statement: `update turns set trace = '{}' where id in (
      select id from turns where trace <> '{}'::jsonb and finished_at < now() - make_interval(days => $1)
      order by finished_at limit $2 for update skip locked)`,
  },
  {
    what: 'drafts that were decided about',
    days: ({ turnTracesDays }) => turnTracesDays,
    statement: `delete from drafts where id in (
      select id from drafts where decided_at < now() - make_interval(days => $1)
      order by decided_at limit $2 for update skip locked)`,
  },
  {
    what: 'calls of models',
    days: ({ turnTracesDays }) => turnTracesDays,
    statement: `delete from model_calls where ctid = any(array(
      select ctid from model_calls where at < now() - make_interval(days => $1) order by at limit $2))`,
  },
  {
    what: 'deliveries',
    days: ({ deliveriesDays }) => deliveriesDays,
    statement: `delete from outbox where id in (
      select id from outbox o where state = 'done' and finished_at < now() - make_interval(days => $1)
        and not exists (select from calendar_events e where e.task_key = o.idempotency_key
                          and e.status in ('held', 'booking', 'booked') and e.ends_at > now())
      order by finished_at limit $2 for update skip locked)`,
  },
  {
    what: "notes of a bot's sends",
    days: ({ deliveriesDays }) => deliveriesDays,
    statement: `delete from telegram_sends where key in (
      select key from telegram_sends where state = 'sent' and sent_at < now() - make_interval(days => $1)
      order by sent_at limit $2 for update skip locked)`,
  },
  {
    what: 'files',
    days: ({ filesDays }) => filesDays,
    statement: `update message_files set state = 'gone', content = null where message_id in (
      select message_id from message_files where state = 'stored' and run_at < now() - make_interval(days => $1)
      order by run_at limit $2 for update skip locked)`,
  },
  {
    what: 'audit log',
    days: ({ auditDays }) => auditDays,
    statement: `delete from audit_log where id in (
      select id from audit_log where action not in ('lead.opted_out', 'lead.opt_out_lifted')
        and at < now() - make_interval(days => $1)
      order by at limit $2 for update skip locked)`,
  },
  {
    what: 'alerts that are over',
    days: ({ auditDays }) => auditDays,
    statement: `delete from alerts where id = any(array(
      select id from alerts where resolved_at < now() - make_interval(days => $1)
      order by resolved_at limit $2 for update skip locked))`,
  },
  {
    what: 'events that webhooks were told',
    days: () => eventsDays,
    statement: `delete from webhook_deliveries where id = any(array(
      select id from webhook_deliveries where state = 'sent' and finished_at < now() - make_interval(days => $1)
      order by finished_at limit $2 for update skip locked))`,
  },
  {
    what: 'actions of Telegram accounts',
    days: () => actionsDays,
    statement: `delete from telegram_actions where id in (
      select id from telegram_actions where at < now() - make_interval(days => $1)
      order by at limit $2 for update skip locked)`,
  },
  {
    what: 'strangers in Telegram',
    days: () => strangersDays,
    statement: `delete from telegram_strangers where ctid = any(array(
      select ctid from telegram_strangers where heard_at < now() - make_interval(days => $1) order by heard_at limit $2))`,
  },
  {
    what: 'limits of Telegram accounts',
    days: () => actionsDays,
    statement: `delete from telegram_limits where ctid = any(array(
      select ctid from telegram_limits where until < now() - make_interval(days => $1) order by until limit $2))`,
  },
  {
    what: 'changes that the console was told of',
    days: () => changesDays,
    statement: `delete from console_changes where ctid = any(array(
      select ctid from console_changes where at < now() - make_interval(days => $1) order by at limit $2))`,
  },
  {
    what: 'wrong passwords',
    days: () => changesDays,
    statement: `delete from console_login_failures where id in (
      select id from console_login_failures where at < now() - make_interval(days => $1) order by at limit $2)`,
  },
  {
    what: 'sessions that are over',
    days: () => changesDays,
    statement: `delete from console_sessions where token_hash in (
      select token_hash from console_sessions where expires_at < now() - make_interval(days => $1) order by expires_at limit $2)`,
  },
]

/** Forgets what is older than config/business.yaml keeps, in small batches. @returns how many rows of each kind */
export async function forgetOld(
  app: Pick<App, 'db' | 'business' | 'log'>,
  signal: AbortSignal,
): Promise<Record<string, number>> {
  const forgotten: Record<string, number> = {}
  for (const { what, days, statement } of rules) {
    const kept = days(app.business.retention)
    if (kept === null) continue
    let count = 0
    for (let number = 0; number < mostBatches && !signal.aborted; number++) {
      const { rowCount } = await app.db.query(statement, [kept, batch])
      count += rowCount ?? 0
      if ((rowCount ?? 0) < batch) break
    }
    forgotten[what] = count
  }
  const some = Object.entries(forgotten).filter(([, count]) => count > 0)
  if (some.length > 0) app.log.info({ forgotten: Object.fromEntries(some) }, 'What is old was forgotten')
  return forgotten
}
