import { linesPerLead } from './fill-database.ts'
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
    phone: `+7${9_000_000_000 + id}`,
    email: `person${id}@example.com`,
    lines: rows(linesPerLead),
    turns: rows(5),
  }
}

type HotStatement = {
  name: string
  file: string
  /** Words that only this statement of the file has. */
  has: string
  values: (lead: FilledLead) => unknown[]
}

const accounts = ['account-0', 'account-1', 'account-2']
const process = '00000000-0000-4000-8000-000000000000'
const dayMs = 86_400_000
const ofLead = (lead: FilledLead) => [lead.id]

/** What runs for every message, every turn or every few seconds. Found in the sources by file and words: never a copy. */
const list: HotStatement[] = [
  {
    name: 'missed-messages poll',
    file: 'telegram/find-missed-messages.ts',
    has: 'newest',
    values: () => [accounts],
  },
  {
    name: "a turn's history lines",
    file: 'turns/turn-context.ts',
    has: 'handled',
    values: (lead) => [lead.id, 20],
  },
  { name: 'last offers', file: 'turns/turn-context.ts', has: 'select decision', values: ofLead },
  {
    name: 'the newest line that a turn sees',
    file: 'turns/dispatch-turns.ts',
    has: 'seen_message_id',
    values: (lead) => [lead.turns[4], lead.id, 1],
  },
  {
    name: 'is there a newer message',
    file: 'turns/journal-decision.ts',
    has: 'as newer',
    values: (lead) => [lead.id, lead.lines[8]],
  },
  {
    name: 'follow-ups since the lead spoke',
    file: 'turns/set-timers.ts',
    has: 'count(*)',
    values: ofLead,
  },
  { name: 'drop timers', file: 'turns/set-timers.ts', has: 'another timer', values: ofLead },
  {
    name: 'claim turns',
    file: 'turns/engine/claim-turns.sql',
    has: '',
    values: () => [20, 120_000, process],
  },
  {
    name: 'schedule a turn',
    file: 'turns/engine/schedule-turn.sql',
    has: '',
    values: (lead) => [lead.id, 'answer', 6000, 30_000],
  },
  {
    name: 'lock a turn',
    file: 'turns/engine/lock-turn.sql',
    has: '',
    values: (lead) => [lead.turns[4], 1],
  },
  { name: 'is the lead open', file: 'turns/is-open.ts', has: 'account_id', values: ofLead },
  {
    name: 'find the lead of a message',
    file: 'conversations/record-inbound.ts',
    has: 'named',
    values: (lead) => [lead.account, lead.peer, lead.username, lead.phone],
  },
  {
    name: 'own message known?',
    file: 'conversations/record-inbound.ts',
    has: 'part_message_ids',
    values: (lead) => [lead.id, lead.account, lead.peer, lead.lines[2]],
  },
  {
    name: 'own message on its way?',
    file: 'conversations/record-inbound.ts',
    has: 'as whole',
    values: (lead) => [lead.id, 'Words that nobody said'],
  },
  {
    name: 'keep a message',
    file: 'conversations/record-inbound.ts',
    has: 'insert into messages',
    values: ({ id, account, peer, lines }) => [
      ...[id, id, 'in', 'lead', 'Hello', lines[9]! + 1_000_000_000, new Date(), account, peer],
      ...['text', null, null],
    ],
  },
  {
    name: 'open the conversation',
    file: 'conversations/open-conversation.ts',
    has: '',
    values: (lead) => [lead.id, lead.account, lead.peer],
  },
  {
    name: 'find the message that was edited',
    file: 'conversations/record-change.ts',
    has: 'as answered',
    values: (lead) => [lead.account, lead.peer, lead.lines[3]],
  },
  {
    name: 'mark the message that was deleted',
    file: 'conversations/record-change.ts',
    has: 'set deleted_at',
    values: (lead) => [lead.account, lead.lines[3]],
  },
  {
    name: 'conversation of a lead: messages',
    file: 'conversations/read-conversation.ts',
    has: 'm.direction',
    values: ofLead,
  },
  {
    name: 'conversation of a lead: turns',
    file: 'conversations/read-conversation.ts',
    has: 'refusals',
    values: ofLead,
  },
  {
    name: 'conversation of a lead: meetings',
    file: 'conversations/read-conversation.ts',
    has: 'calendar_events',
    values: ofLead,
  },
  {
    name: 'conversation of a lead: deliveries',
    file: 'conversations/read-conversation.ts',
    has: 'from outbox where',
    values: ofLead,
  },
  {
    name: 'transcripts that are due',
    file: 'conversations/write-transcripts.ts',
    has: 'group by lead_id',
    values: () => [600],
  },
  {
    name: 'transcript of one lead',
    file: 'conversations/write-transcripts.ts',
    has: 'fate',
    values: (lead) => [lead.id, 180],
  },
  {
    name: 'same person',
    file: 'leads/find-same-person.ts',
    has: '',
    values: (lead) => [lead.id, 50_000_000 + lead.id, lead.phone, lead.username, lead.email],
  },
  {
    name: 'contact of leads',
    file: 'leads/follow-contact.ts',
    has: '',
    values: (lead) => [50_000_000 + lead.id, null, null, null, null],
  },
  {
    name: 'contacts that are known',
    file: 'inbox/process-hooks.ts',
    has: 'distinct contact_id',
    values: (lead) => [[50_000_000 + lead.id, 1]],
  },
  {
    name: 'leads that are known',
    file: 'inbox/process-hooks.ts',
    has: 'responsible_user_id',
    values: (lead) => [[lead.id, -1]],
  },
  {
    name: 'a note of ours?',
    file: 'leads/follow-note.ts',
    has: 'noteId',
    values: (lead) => [lead.id, 1],
  },
  {
    name: 'outdated words of ours',
    file: 'leads/stop-writing.ts',
    has: 'a newer message',
    values: ofLead,
  },
  {
    name: 'waiting words of ours',
    file: 'leads/stop-writing.ts',
    has: 'm.author',
    values: (lead) => [lead.id, 'a human took over'],
  },
  {
    name: 'claim inbox events',
    file: 'inbox/claim-events.sql',
    has: '',
    values: () => [process, 49],
  },
  {
    name: 'keep an inbox event',
    file: 'inbox/store-event.ts',
    has: '',
    values: (lead) => ['telegram', `again-${lead.id}`, 'application/json', Buffer.from('{}')],
  },
  {
    name: 'claim deliveries to Telegram',
    file: 'outbox/claim-outbox.sql',
    has: '',
    values: () => ['telegram', 20, 60_000, process, accounts],
  },
  {
    name: 'put on its way',
    file: 'outbox/enqueue.ts',
    has: 'insert into outbox',
    values: (lead) => [lead.id, null, 'amocrm', { kind: 'note', text: 'A note' }, `hot-${lead.id}`],
  },
  {
    name: 'on its way by key',
    file: 'outbox/enqueue.ts',
    has: 'select id',
    values: (lead) => [`key-${lead.lines[0]! - 1}`],
  },
  {
    name: 'dead letters',
    file: 'outbox/manage-outbox.ts',
    has: 'order by id',
    values: () => ['dead', 5],
  },
  {
    name: 'may this still be sent',
    file: 'telegram/deliver-message.ts',
    has: 'as outdated',
    values: (lead) => [lead.lines[8]],
  },
  {
    name: 'where a message goes',
    file: 'telegram/deliver-message.ts',
    has: 'coalesce(c.peer_id',
    values: (lead) => [lead.lines[8], lead.peer],
  },
  {
    name: 'has anybody spoken',
    file: 'telegram/userbot/reach-lead.ts',
    has: 'channel_message_id',
    values: ofLead,
  },
  {
    name: 'newest message of a person',
    file: 'telegram/bot/bot.ts',
    has: 'max(channel_message_id)',
    values: (lead) => [lead.account, lead.peer],
  },
  {
    name: 'file of a message',
    file: 'telegram/bot/bot.ts',
    has: 'fileId',
    values: (lead) => [lead.account, lead.peer, lead.lines[1]],
  },
  {
    name: 'when a person wrote last',
    file: 'telegram/bot/secretary-opening.ts',
    has: '',
    values: (lead) => [lead.account, lead.peer],
  },
  {
    name: 'leads of who blocked the bot',
    file: 'telegram/bot/hear-update.ts',
    has: '',
    values: (lead) => [lead.account, lead.peer],
  },
  {
    name: 'next file to fetch',
    file: 'telegram/fetch-files.ts',
    has: 'skip locked',
    values: () => [accounts],
  },
  {
    name: 'dialogs that an account began',
    file: 'telegram/pace/take-dialog.ts',
    has: 'as at',
    values: (lead) => [lead.account, lead.id, new Date(), false],
  },
  {
    name: 'plans that nobody needs',
    file: 'telegram/pace/take-dialog.ts',
    has: 'using conversations',
    values: ofLead,
  },
  {
    name: 'what an account did lately',
    file: 'telegram/pace/take-action.ts',
    has: 'select at',
    values: (lead) => [lead.account, 'send', new Date(Date.now() - 60_000)],
  },
  {
    name: 'mirrors poll: lines',
    file: 'amocrm/chats/queue-mirrors.ts',
    has: 'mirrored_at is null',
    values: () => [],
  },
  {
    name: 'mirrors poll: answers',
    file: 'amocrm/chats/queue-mirrors.ts',
    has: 'amo_status is null',
    values: () => [],
  },
  {
    name: 'conversation of a chat',
    file: 'amocrm/chats/take-answer.ts',
    has: 'amo_chat_id',
    values: (lead) => [`chat-${lead.id}`, String(lead.id)],
  },
  {
    name: 'times that are given',
    file: 'calendar/busy-times.ts',
    has: '',
    values: () => [],
  },
  {
    name: 'meeting of a lead',
    file: 'bookings/booked-meeting.ts',
    has: 'lead_id',
    values: ofLead,
  },
  {
    name: 'meeting of a turn',
    file: 'bookings/booked-meeting.ts',
    has: 'turn_id',
    values: (lead) => [lead.turns[4]],
  },
  {
    name: 'holds that ran out',
    file: 'bookings/hold-slot.ts',
    has: "'expired'",
    values: () => ['seller-1'],
  },
  { name: 'sellers in turn', file: 'bookings/seller-order.ts', has: 'lateral', values: () => [] },
  {
    name: 'who met this person',
    file: 'bookings/seller-order.ts',
    has: 'is_next',
    values: (lead) => [lead.id, 50_000_000 + lead.id],
  },
  {
    name: 'meetings of a day',
    file: 'bookings/list-meetings.ts',
    has: '',
    values: () => [new Date(), new Date(Date.now() + dayMs), null, null],
  },
  {
    name: 'meetings that nobody knows of',
    file: 'bookings/unfinished-bookings.ts',
    has: '',
    values: () => [new Date()],
  },
  {
    name: 'meetings that a calendar must have',
    file: 'calendar/take-sync-page.ts',
    has: 'google_event_id <> all',
    values: () => ['calendar-1', []],
  },
  {
    name: 'work of dead processes',
    file: 'process-life.ts',
    has: 'distinct',
    values: () => [process],
  },
  {
    name: 'forget raw events',
    file: 'retention/forget-old.ts',
    has: 'inbox_events',
    values: () => [200, 20],
  },
  {
    name: 'forget traces',
    file: 'retention/forget-old.ts',
    has: 'turns',
    values: () => [200, 20],
  },
  {
    name: 'forget deliveries',
    file: 'retention/forget-old.ts',
    has: 'outbox',
    values: () => [200, 20],
  },
  {
    name: "forget a bot's sends",
    file: 'retention/forget-old.ts',
    has: 'telegram_sends',
    values: () => [200, 20],
  },
  {
    name: 'forget files',
    file: 'retention/forget-old.ts',
    has: 'message_files',
    values: () => [200, 20],
  },
  {
    name: 'forget audit',
    file: 'retention/forget-old.ts',
    has: 'audit_log',
    values: () => [200, 20],
  },
  {
    name: 'forget actions',
    file: 'retention/forget-old.ts',
    has: 'telegram_actions',
    values: () => [200, 20],
  },
]

export type Hot = HotStatement & { text: string }

/** The hot list with the text of each statement. @throws when its words name no statement of the file, or several */
export function hotStatements(statements: Statement[] = readStatements()): Hot[] {
  return list.map((hot) => {
    const found = statements.filter(({ file, text }) => file === hot.file && text.includes(hot.has))
    const [one] = found
    if (!one || found.length > 1)
      throw new Error(`${hot.name}: ${found.length} statements of ${hot.file} have "${hot.has}"`)
    return { ...hot, text: one.text }
  })
}
