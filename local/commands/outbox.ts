import { manageDeadLetters } from './dead-letters.ts'

type Entry = {
  id: number
  leadId: number
  channel: string
  kind: string
  attempts: number
  lastError: string | null
}

await manageDeadLetters<Entry>({
  name: 'outbox',
  states: ['dead', 'pending', 'sending', 'done', 'cancelled'],
  actions: ['retry', 'drop'],
  about: 'What is on its way to Telegram and amoCRM.',
  line: (row) =>
    `${row.id}  lead ${row.leadId}  ${row.channel} ${row.kind}  tries ${row.attempts}  ${row.lastError ?? ''}`,
})
