import { onlyWords } from '@lead/contract'
import { mostCounted, queues } from '@lead/contract/console'
import { filledName, filledPhone, linesPerLead } from './fill-database.ts'
import { readStatements, type Statement } from './read-statements.ts'

/** A lead of a filled database, as statements name it. */
export type FilledLead = {
  id: number
  account: string
  peer: number
  username: string
  phone: string
  email: string
  /** Its lines, oldest first; their numbers in the channel are the same. */
  lines: number[]
  /** Its turns, oldest first. */
  turns: number[]
}

/** What fill-database.ts wrote for a lead. */
export function filledLead(id: number): FilledLead {
  const place = Math.floor((id - 1) / 50)
  const rows = (count: number) =>
    Array.from({ length: count }, (_, k) => place * 50 * count + k * 50 + ((id - 1) % 50) + 1)
  return {
    id,
    account: `account-${id % 3}`,
    peer: 10_000_000 + id,
    username: `person_${id}`,
    phone: filledPhone(id),
    email: `person${id}@example.com`,
    lines: rows(linesPerLead),
    turns: rows(5),
  }
}

type HotStatement = [
  name: string,
  file: string,
  /** Words that only this statement of the file has. */
  has: string,
  values: (lead: FilledLead) => unknown[],
]

const accounts = ['account-0', 'account-1', 'account-2']
const process = '00000000-0000-4000-8000-000000000000'
const dayMs = 86_400_000
const ofLead = (lead: FilledLead) => [lead.id]

/** What runs for every message, every turn or every few seconds. Found in the sources by file and words: never a copy. */
const list: HotStatement[] = [
  ['missed-messages poll', 'telegram/live-conversations.ts', 'newest', () => [accounts]],
  ["a turn's history lines", 'turns/turn-context.ts', 'handled', (lead) => [lead.id, 20]],
  [
    "a turn's summary of what was before",
    'turns/turn-context.ts',
    'decided_at < $2',
    (lead) => [lead.id, new Date(), 160, 12],
  ],
  ['last offers', 'turns/last-offers.ts', 'select decision', ofLead],
  [
    'the newest line that a turn sees',
    'turns/dispatch-turns.ts',
    'seen_at = clock_timestamp()',
    (lead) => [lead.turns[4], lead.id, 1],
  ],
  [
    'is there a newer message',
    'turns/reason-for-silence.ts',
    'as newer',
    (lead) => [lead.id, lead.lines[8], new Date()],
  ],
  ['the last reviews', 'review/review-reply.ts', 'select outcome', () => [60, 2]],
  ['what a lead said last, for the reviewer', 'review/review-reply.ts', 'select text', ({ id }) => [id, 6]],
  ['reviews of a day', 'review/count-reviews.ts', '', () => []],
  ['what this day cost', 'budgets/spent.ts', 'date_trunc', () => ['Europe/Moscow']],
  ['what a lead cost', 'budgets/spent.ts', 'budget_from', ofLead],
  ['drop timers', 'turns/set-timers.ts', 'another timer', ofLead],
  ['claim turns', 'turns/engine/claim-turns.sql', '', () => [20, 120_000, process]],
  ['schedule a turn', 'turns/engine/schedule-turn.sql', '', (lead) => [lead.id, 'answer', 6000, 30_000]],
  ['lock a turn', 'turns/engine/lock-turn.sql', '', (lead) => [lead.turns[4], 1]],
  [
    'a report renews the lease',
    'turns/engine/take-report.sql',
    '',
    (lead) => [lead.turns[4], 1, '17', process, 60_000, 'a-workflow'],
  ],
  ['turns of a dead n8n', 'turns/engine/lapse-turns.sql', '', () => [2000, 120_000]],
  [
    'a message on its way',
    'outbox/queue-message.sql',
    '',
    (lead) => [lead.id, 'ai', 'Hello', null, null, `queued-${lead.id}`],
  ],
  ['is the lead open', 'turns/is-open.ts', 'account_id', ofLead],
  [
    'find the lead of a message',
    'leads/find-lead-of-account.ts',
    'has_phone',
    (lead) => [lead.account, lead.peer, lead.username, lead.phone, false],
  ],
  [
    'own message known?',
    'conversations/record-own-words.ts',
    'part_message_ids',
    (lead) => [lead.id, lead.account, lead.peer, lead.lines[2]],
  ],
  [
    'own message on its way?',
    'conversations/record-own-words.ts',
    'as whole',
    (lead) => [lead.id, 'Words that nobody said'],
  ],
  [
    'keep a message',
    'conversations/keep-message.ts',
    'insert into messages',
    ({ id, account, peer, lines }) => [
      ...[id, id, 'in', 'lead', 'Hello', lines[9]! + 1_000_000_000, new Date(), account, peer],
      ...['text', null, null],
    ],
  ],
  [
    'open the conversation',
    'conversations/open-conversation.ts',
    '',
    (lead) => [lead.id, lead.account, lead.peer],
  ],

  [
    'find the message that was edited',
    'conversations/record-change.ts',
    'and peer_id = $2',
    (lead) => [lead.account, lead.peer, lead.lines[3]],
  ],
  [
    'was an edited message answered',
    'conversations/record-change.ts',
    'as answered',
    (lead) => [lead.lines[3]],
  ],
  [
    'mark the message that was deleted',
    'conversations/record-change.ts',
    'set deleted_at',
    (lead) => [lead.lines[3]],
  ],
  ['conversation of a lead: messages', 'conversations/read-conversation.ts', 'm.direction', ofLead],
  ['conversation of a lead: turns', 'conversations/read-conversation.ts', 'refusals', ofLead],
  ['conversation of a lead: meetings', 'conversations/read-conversation.ts', 'calendar_events', ofLead],
  ['conversation of a lead: deliveries', 'conversations/read-conversation.ts', 'from outbox where', ofLead],
  ['transcripts that are due', 'conversations/write-transcripts.ts', 'group by lead_id', () => [600]],
  ['transcript of one lead', 'conversations/write-transcripts.ts', 'fate', (lead) => [lead.id, 180]],
  [
    'same person',
    'leads/find-same-person.ts',
    '',
    (lead) => [lead.id, 50_000_000 + lead.id, [lead.phone], lead.username, lead.email],
  ],
  [
    'who else asks for the name of a lead',
    'leads/tell-of-stranger.ts',
    'as bound',
    (lead) => [1, lead.username, lead.phone],
  ],
  ['leads of one account', 'leads/opt-out-account.ts', 'other.id', ofLead],
  ['opt-out of an account', 'leads/opt-out-account.ts', 'opted_out_at', (lead) => [lead.peer]],
  ['who talks with an account', 'leads/meet-account.ts', 'select id', (lead) => [lead.id, lead.peer]],
  ['leads that wait for an address', 'amocrm/find-missed-leads.ts', 'random()', () => [20]],
  ['leads of a contact', 'leads/follow-contact.ts', 'select id', (lead) => [50_000_000 + lead.id]],
  [
    'contact of leads',
    'leads/follow-contact.ts',
    'coalesce(',
    (lead) => [50_000_000 + lead.id, null, null, null, null],
  ],
  [
    'contacts that are known',
    'inbox/process-hooks.ts',
    'distinct contact_id',
    (lead) => [[50_000_000 + lead.id, 1]],
  ],
  ['leads that are known', 'inbox/process-hooks.ts', 'responsible_user_id', (lead) => [[lead.id, -1]]],
  ['a note of ours?', 'leads/follow-note.ts', 'noteId', (lead) => [lead.id, 1]],
  ['outdated words of ours', 'leads/stop-writing.ts', 'a newer message', (lead) => [lead.id, onlyWords]],
  ['waiting words of ours', 'leads/stop-writing.ts', 'm.author', (lead) => [lead.id, 'a human took over']],
  ['claim inbox events', 'inbox/claim-events.sql', '', () => [process, 49]],
  [
    'keep an inbox event',
    'inbox/store-event.ts',
    '',
    (lead) => [
      ['telegram'],
      [`again-${lead.id}`],
      ['application/json'],
      [Buffer.from('{}')],
      [lead.username],
      [lead.phone],
    ],
  ],
  [
    'claim deliveries to Telegram',
    'outbox/claim-outbox.sql',
    '',
    () => ['telegram', 20, 60_000, process, accounts],
  ],
  [
    'put on its way',
    'outbox/enqueue.ts',
    'insert into outbox',
    (lead) => [lead.id, null, 'amocrm', { kind: 'note', text: 'A note' }, `hot-${lead.id}`],
  ],
  ['on its way by key', 'outbox/enqueue.ts', 'select id', (lead) => [`key-${lead.lines[0]! - 1}`]],
  ['dead letters', 'outbox/manage-outbox.ts', 'order by id', () => ['dead', 5]],
  [
    'may this still be sent',
    'telegram/reason-not-to-send.ts',
    'as outdated',
    (lead) => [lead.lines[8], onlyWords],
  ],
  ['has anybody spoken', 'telegram/userbot/reach-lead.ts', 'channel_message_id', ofLead],
  [
    'newest message of a person',
    'telegram/bot/bot-chats.ts',
    'max(channel_message_id)',
    (lead) => [lead.account, lead.peer],
  ],
  [
    'file of a message',
    'telegram/bot/bot-chats.ts',
    'fileId',
    (lead) => [lead.account, lead.peer, lead.lines[1]],
  ],
  ['when a person wrote last', 'telegram/bot/secretary-opening.ts', '', (lead) => [lead.account, lead.peer]],
  ['leads of who blocked the bot', 'telegram/bot/hear-update.ts', '', (lead) => [lead.account, lead.peer]],
  ['next file to fetch', 'telegram/fetch-files.ts', 'skip locked', () => [accounts]],
  [
    'dialogs that an account began',
    'telegram/pace/take-dialog.ts',
    'as at',
    (lead) => [lead.account, lead.id, new Date(), false],
  ],
  ['plans that nobody needs', 'telegram/pace/take-dialog.ts', 'using conversations', ofLead],
  [
    'what an account did lately',
    'telegram/pace/take-action.ts',
    'select at',
    (lead) => [lead.account, 'send', new Date(Date.now() - 60_000)],
  ],
  ['mirrors poll: lines', 'amocrm/chats/queue-mirrors.ts', 'mirrored_at is null', () => []],
  ['mirrors poll: answers', 'amocrm/chats/queue-mirrors.ts', 'amo_status is null', () => []],
  [
    'conversation of a chat',
    'amocrm/chats/take-answer.ts',
    'amo_chat_id',
    (lead) => [`chat-${lead.id}`, String(lead.id)],
  ],
  ['times that are given', 'calendar/busy-times.ts', '', () => []],
  ['meeting of a lead', 'meetings/booked-meeting.ts', 'order by starts_at limit 1', ofLead],
  ['meeting of a turn', 'meetings/booked-meeting.ts', 'for update', (lead) => [lead.turns[4]]],
  [
    'meetings of a turn and its lead',
    'meetings/booked-meeting.ts',
    'is true',
    (lead) => [lead.turns[4], lead.id],
  ],
  ['holds that ran out', 'meetings/hold-slot.ts', "'expired'", () => ['seller-1']],
  ['sellers in turn', 'meetings/seller-order.ts', 'lateral', () => []],
  ['who met this person', 'meetings/seller-order.ts', 'is_next', (lead) => [lead.id, 50_000_000 + lead.id]],
  [
    'meetings of a day',
    'meetings/list-meetings.ts',
    '',
    () => [new Date(), new Date(Date.now() + dayMs), null, null],
  ],
  [
    'counters of the queues',
    'console/count-queues.ts',
    'from lead_heads where queue',
    () => [queues, mostCounted],
  ],
  ['counters of a seller', 'console/count-queues.ts', 'union', () => [queues, mostCounted, 'seller-1', 501]],
  [
    'a page of all leads',
    'console/list-leads.ts',
    'from lead_heads where (last_at',
    ({ id }) => [new Date(), id, 51],
  ],
  [
    'a page of a queue',
    'console/list-leads.ts',
    'queue = $4 and',
    ({ id }) => [new Date(), id, 51, 'waiting'],
  ],
  [
    'a page of a seller',
    'console/list-leads.ts',
    'unnest',
    ({ id }) => [new Date(), id, 51, queues, 'seller-1', 501],
  ],
  ['rows of the list', 'console/lead-rows.ts', '', ({ id }) => [[id, id + 1, id + 2]]],
  [
    'find a name',
    'console/search-leads.ts',
    'coalesce(telegram_username',
    ({ id }) => [[`%${filledName(id).toLowerCase()}%`], 30],
  ],
  ['find a phone', 'console/search-leads.ts', 'phones && $1', ({ phone }) => [[phone], 30]],
  ['find words of the talk', 'console/search-leads.ts', 'to_tsquery', ({ id }) => [`lead & ${id}`, 300]],
  ['a page of the talk', 'console/read-thread.ts', 'lateral', ({ id }) => [id, Number.MAX_SAFE_INTEGER, 61]],
  ['notes of a lead', 'console/read-thread.ts', 'from lead_notes', ({ id }) => [id, null]],
  ['thoughts about a lead', 'console/read-turns.ts', 'as heard', ({ id }) => [id, 40, null]],
  ['turns that ended lately', 'telemetry/ended-turns.ts', 'as effects', () => ['2000-01-01', 0, 5, 50]],
  [
    'changes since',
    'console/follow-changes.ts',
    'pg_snapshot_xmin(pg_current_snapshot())\n     order',
    () => ['1', 0, 1000],
  ],
  ['the draft of a lead', 'drafts/draft.ts', 'select id, lead_id', ofLead],
  ['drafts are outdated', 'drafts/draft.ts', 'update drafts', (lead) => [lead.id, 'a newer message came in']],
  ['whom the assistant handed over', 'alerts/watch-causes.ts', 'control_since desc', () => ['1 day']],
  ['dead letters by reason', 'alerts/watch-causes.ts', 'as reason', () => [100]],
  ['open alerts of causes', 'alerts/watch-causes.ts', 'still_stands', () => [['hand_off', 'dead_letter']]],
  [
    'open alerts of integrations',
    'alerts/raise-alert.ts',
    'select cause',
    () => [['integration', 'provider']],
  ],
  ['notices that are due', 'alerts/send-notices.ts', 'with due', () => [100, 60]],
  [
    'a page of alerts',
    'console/list-alerts.ts',
    'alert_notices n where n.alert_id',
    () => [9_000_000, true, null, null, 51],
  ],
  ['how many alerts wait', 'console/list-alerts.ts', 'limit 100', () => [true, null, null]],
  [
    'how many alerts wait for a seller',
    'console/list-alerts.ts',
    'limit 100',
    () => [false, 'seller-1', 501],
  ],
  ['whose leads these are', 'console/visible-lead.ts', '', ({ id }) => [[id], 'seller-1', 501]],
  [
    'other leads of a person',
    'console/read-card.ts',
    'same.id',
    ({ id, peer }) => [id, 50_000_000 + id, peer],
  ],
  [
    'times that leads were offered',
    'console/read-offered.ts',
    '',
    () => {
      const now = new Date()
      const days = (count: number) => new Date(now.getTime() + count * 86_400_000)
      return [days(-3), days(4), null, 300, days(-3), now]
    },
  ],
  ['meetings that nobody knows of', 'meetings/unfinished-meetings.ts', '', () => [new Date()]],
  [
    'meetings that a calendar must have',
    'calendar/take-sync-page.ts',
    'google_event_id <> all',
    () => ['calendar-1', []],
  ],
  ['what is due next', 'process/next-due.sql', '', () => [0.5]],
  ['work of dead processes', 'process/process-life.ts', 'taken as materialized', () => [process]],
  ['forget raw events', 'retention/forget-old.ts', 'inbox_events', () => [200, 20]],
  ['forget traces', 'retention/forget-old.ts', 'turns', () => [200, 20]],
  ['forget deliveries', 'retention/forget-old.ts', 'outbox', () => [200, 20]],
  ["forget a bot's sends", 'retention/forget-old.ts', 'telegram_sends', () => [200, 20]],
  ['forget files', 'retention/forget-old.ts', 'message_files', () => [200, 20]],
  ['forget audit', 'retention/forget-old.ts', 'audit_log', () => [200, 20]],
  ['forget actions', 'retention/forget-old.ts', 'telegram_actions', () => [200, 20]],
]

export type Hot = { name: string; text: string; values: (lead: FilledLead) => unknown[] }

/** The hot list with the text of each statement. @throws when its words name no statement of the file, or several */
export function hotStatements(statements: Statement[] = readStatements()): Hot[] {
  return list.map(([name, file, has, values]) => {
    const found = statements.filter((statement) => statement.file === file && statement.text.includes(has))
    const [one] = found
    if (!one || found.length > 1)
      throw new Error(`${name}: ${found.length} statements of ${file} have "${has}"`)
    return { name, text: one.text, values }
  })
}
