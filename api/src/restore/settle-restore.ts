import { findMissedLeads } from '../amocrm/find-missed-leads.ts'
import type { App, Ports } from '../app.ts'
import { one } from '../database/pool.ts'
import { works } from '../process/wake.ts'
import { findMissedMessages } from '../telegram/find-missed-messages.ts'
import { markGap } from '../telegram/mark-gap.ts'
import { errorText } from '../text/storable.ts'
import { passOverNoted } from './pass-over-noted.ts'
import { noteFinding } from './note-finding.ts'
import { type Restore, unsettledRestore } from './restore-window.ts'

/** A service that does not answer for so long is gone on without: a person is told, and chats are read before anything is said in them. */
const patienceMs = 180_000
const betweenAsksMs = 5000

export type Settling = {
  /** Whether all is known that a restore has forgotten: until then nothing is thought, said or written. */
  isSettled: () => boolean
  /** Goes on reading. Call it every second until it is settled. */
  step: () => Promise<void>
}

/**
 * After a restore of an older dump the world is read first: the cards, then the chats (what the leads said is heard, what we said is known
 * as ours), then the calendars. Only then the assistant goes on.
 */
export function settleRestore(app: App, patience = patienceMs): Settling {
  let isSettled = false
  let areCardsRead = false
  let askedAmocrmAt = -Infinity
  let since: number | null = null
  return {
    isSettled: () => isSettled,
    async step() {
      if (isSettled) return
      const restore = await unsettledRestore(app.db)
      if (!restore) {
        isSettled = true
        for (const work of works) app.wake.up(work)
        return
      }
      const now = app.now().getTime()
      since ??= now
      const isLate = now - since > patience
      if (!areCardsRead && now - askedAmocrmAt >= betweenAsksMs) {
        askedAmocrmAt = now
        areCardsRead = await readCards(app)
      }
      if (!areCardsRead && !isLate) return
      if (!isLate && (await isInboxFull(app))) return
      const open = await findUnread(app, restore)
      if (open.accounts.length > 0) await findMissedMessages(app)
      if (!isLate && (open.accounts.length > 0 || open.calendars.length > 0)) return
      if (!isLate && (await isInboxFull(app))) return
      await passOverNoted(app, restore)
      await noteUnread(app, restore, { ...open, areCardsRead })
      await app.db.query('update restores set settled_at = now() where settled_at is null')
      await tellReport(app, restore)
    },
  }
}

/** New leads of that time are known then; chats with them are looked for anew. */
async function readCards(app: App): Promise<boolean> {
  try {
    await findMissedLeads(app)
  } catch (error) {
    app.log.warn(
      { reason: errorText(error) },
      'After the restore: amoCRM was not read yet; nothing is sent until then',
    )
    return false
  }
  const { rows } = await app.db.query<{ id: string }>('select id from telegram_accounts')
  for (const { id } of rows) await markGap(app.db, id)
  return true
}

/** What was received is not all understood. What fails for long is a dead letter soon, and holds nobody up. */
async function isInboxFull({ db }: Ports<'db'>): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from inbox_events where state = 'received' and attempts < 3 limit 1`,
  )
  return rowCount === 1
}

type Unread = { accounts: string[]; calendars: string[] }

async function findUnread({ db }: Ports<'db'>, { restored_at: since }: Restore): Promise<Unread> {
  return one(
    await db.query<Unread>(
      `select
         array(select id from telegram_accounts a
               where enabled and state not in ('disabled', 'need_login', 'banned')
                 and (swept_at is null or swept_at <= $1 or exists (
                   select from conversations c where c.account_id = a.id and c.gap_from_id is not null))
               order by id) as accounts,
         array(select distinct calendar_id from sellers s
               where active and disconnected_at is null and not exists (
                 select from cursors where name = 'google.sync:' || s.calendar_id and value ? 'syncToken' and updated_at > $1)
               order by calendar_id) as calendars`,
      [since],
    ),
  )
}

async function noteUnread(
  app: App,
  { id, dumped_at: from, restored_at: until }: Restore,
  { accounts, calendars, areCardsRead }: Unread & { areCardsRead: boolean },
): Promise<void> {
  const missing = [
    ...(areCardsRead ? [] : ['amoCRM']),
    ...accounts.map((name) => `the Telegram account ${name}`),
    ...calendars.map((name) => `the calendar ${name}`),
  ]
  for (const what of missing)
    await noteFinding(app.db, id, {
      kind: 'check',
      ref: `unread:${what}`,
      detail: `${what} could not be read after the restore: what happened there since the dump is found when it answers`,
    })
  if (app.telegram.fetchDialogs !== null) return
  await noteFinding(app.db, id, {
    kind: 'check',
    ref: 'no-history',
    detail: `a bot cannot read its chats: what was said between ${from.toISOString()} and ${until.toISOString()} is not known; look at the conversations of that time`,
  })
}

async function tellReport({ db, log, wake }: Ports<'db' | 'log' | 'wake'>, { id }: Restore): Promise<void> {
  const { rows } = await db.query<{ kind: string; count: number }>(
    'select kind, count(*)::int as count from restore_findings where restore_id = $1 group by kind order by kind',
    [id],
  )
  const found = Object.fromEntries(rows.map(({ kind, count }) => [kind, count]))
  log.warn(
    { found },
    'All was read after the restore, and work goes on: npm run restore -- --report says what was found',
  )
  for (const work of works) wake.up(work)
}
