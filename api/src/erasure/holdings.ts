import type { Person } from './signs.ts'

/**
 * Where data of a person stands, in the order in which it can go: what refers to something goes before it. `find` gives the rows (their
 * `ctid`), by one list of what the person is known by. `blank` instead of deleting: the row is needed, the person in it is not.
 */
export type Holding = { table: string; by: keyof Person; find: string; blank?: string }

export const holdings: Holding[] = [
  {
    table: 'message_files',
    by: 'leads',
    find: `select f.ctid from message_files f join messages m on m.id = f.message_id where m.lead_id = any($1)`,
  },
  {
    table: 'knowledge_questions',
    by: 'leads',
    find: `select ctid from knowledge_questions where lead_id = any($1)`,
  },
  { table: 'outbox', by: 'leads', find: `select ctid from outbox where lead_id = any($1)` },
  // Cards of others tell of this person: that they may be the same one, or that they wrote from a strange account.
  {
    table: 'outbox',
    by: 'leads',
    find: `select ctid from outbox where substring(idempotency_key from ':same-person:(\\d+)$')::bigint = any($1)`,
  },
  {
    table: 'outbox',
    by: 'peers',
    find: `select ctid from outbox where substring(idempotency_key from ':stranger:(\\d+)$')::bigint = any($1)`,
  },
  { table: 'calendar_events', by: 'leads', find: `select ctid from calendar_events where lead_id = any($1)` },
  {
    table: 'telegram_dialogs',
    by: 'conversations',
    find: `select ctid from telegram_dialogs where conversation_id = any($1)`,
  },
  {
    table: 'model_calls',
    by: 'leads',
    find: `select c.ctid from model_calls c join turns t on t.id = c.turn_id where t.lead_id = any($1)`,
  },
  // Whom a fault was told to with: the fault is no one's.
  {
    table: 'outages',
    by: 'leads',
    find: `select ctid from outages where alert_lead_id = any($1)`,
    blank: 'alert_lead_id = null',
  },
  {
    table: 'alert_notices',
    by: 'leads',
    find: `select n.ctid from alert_notices n join alerts a on a.id = n.alert_id where a.lead_id = any($1)`,
  },
  {
    table: 'push_notices',
    by: 'leads',
    find: `select n.ctid from push_notices n join alerts a on a.id = n.alert_id where a.lead_id = any($1)`,
  },
  {
    table: 'webhook_deliveries',
    by: 'leads',
    find: `select ctid from webhook_deliveries where lead_id = any($1)`,
  },
  { table: 'alerts', by: 'leads', find: `select ctid from alerts where lead_id = any($1)` },
  // What was told of several at once: the reason may name one of them.
  ...(['phones', 'usernames'] as const).map((by) => ({
    table: 'alerts',
    by,
    find: `select a.ctid from alerts a where exists (
      select from unnest($1::text[]) sign where strpos(lower(a.detail), lower(sign)) > 0)`,
    blank: 'detail = null',
  })),
  {
    table: 'alerts',
    by: 'peers',
    find: `select a.ctid from alerts a where exists (select from unnest($1::bigint[]) id where a.detail ~ ('(^|[^0-9])' || id || '([^0-9]|$)'))`,
    blank: 'detail = null',
  },
  // A kept search that names this person, by name, phone, e-mail or Telegram, or that finds them by a part of their name.
  {
    table: 'console_filters',
    by: 'leads',
    find: `select f.ctid from console_filters f join leads l on l.id = any($1)
      where exists (select from unnest(array[l.name, l.contact_name, l.email, l.telegram_username]) word
                    where length(word) > 2 and strpos(lower(f.search || ' ' || f.name), lower(word)) > 0)
         or length(f.search) > 2 and strpos(lower(l.contact_name), lower(f.search)) > 0
         or exists (select from unnest(l.phones || l.phone) phone
                    where strpos(regexp_replace(f.search || ' ' || f.name, '[^0-9]', '', 'g'), right(phone, 9)) > 0 and length(phone) > 9)`,
  },
  {
    table: 'restore_findings',
    by: 'leads',
    find: `select ctid from restore_findings where lead_id = any($1)`,
  },
  { table: 'restore_sends', by: 'peers', find: `select ctid from restore_sends where peer_id = any($1)` },
  { table: 'drafts', by: 'leads', find: `select ctid from drafts where lead_id = any($1)` },
  {
    table: 'evaluation_cases',
    by: 'leads',
    find: `select ctid from evaluation_cases where lead_id = any($1)`,
  },
  { table: 'lead_facts', by: 'leads', find: `select ctid from lead_facts where lead_id = any($1)` },
  { table: 'messages', by: 'leads', find: `select ctid from messages where lead_id = any($1)` },
  { table: 'turns', by: 'leads', find: `select ctid from turns where lead_id = any($1)` },
  { table: 'conversations', by: 'leads', find: `select ctid from conversations where lead_id = any($1)` },
  {
    table: 'telegram_start_tokens',
    by: 'leads',
    find: `select ctid from telegram_start_tokens where lead_id = any($1)`,
  },
  { table: 'lead_notes', by: 'leads', find: `select ctid from lead_notes where lead_id = any($1)` },
  { table: 'lead_heads', by: 'leads', find: `select ctid from lead_heads where lead_id = any($1)` },
  { table: 'audit_log', by: 'leads', find: `select ctid from audit_log where lead_id = any($1)` },
  {
    table: 'telegram_sends',
    by: 'peers',
    find: `select ctid from telegram_sends where peer_id = any($1)`,
  },
  // The account's pace counts them, whoever they went to.
  {
    table: 'telegram_actions',
    by: 'peers',
    find: `select ctid from telegram_actions where peer_id = any($1)`,
    blank: 'peer_id = null',
  },
  // What Telegram forbade the account with this person only.
  {
    table: 'telegram_limits',
    by: 'peers',
    find: `select ctid from telegram_limits where peer_id = any($1)`,
  },
  // What the client of Telegram remembers of a person: name, phone, usernames.
  {
    table: 'telegram_sessions',
    by: 'peers',
    find: `select ctid from telegram_sessions where kind = 'peer' and key = any($1::text[])`,
  },
  { table: 'leads', by: 'leads', find: `select ctid from leads where id = any($1)` },
  { table: 'console_changes', by: 'leads', find: `select ctid from console_changes where lead_id = any($1)` },
]

/** Raw events are looked through by erased-events.ts: what they are about is inside of them. */
export const searchedTables = ['inbox_events'] as const

/** Tables whose texts are of no lead, and why. A table that is in neither list fails a test. */
export const freeTables: Record<string, string> = {
  amocrm_gate: 'how amoCRM treats us',
  amocrm_tokens: 'our own access, sealed',
  api_tokens: 'people of the company',
  console_invitations: 'people of the company',
  console_login_failures: 'people of the company',
  console_recovery_codes: 'people of the company',
  push_subscriptions: 'people of the company',
  console_sessions: 'people of the company',
  console_users: 'people of the company',
  cursors: 'how far a poll has read',
  erased_marks: 'keyed hashes',
  erasure_key: 'a sealed key',
  erasures: 'numbers and a hash',
  knowledge_items: 'what people of the company wrote',
  restores: 'names of files',
  schema_migrations: 'names of files',
  sellers: 'people of the company',
  switches: 'people of the company',
  telegram_accounts: 'accounts of the company',
  telegram_business_connections: 'accounts of the company',
  telegram_strangers: 'keyed hashes, for a day',
  telegram_pauses: 'what Telegram forbade an account of the company',
  webhooks: 'addresses of the company',
}
