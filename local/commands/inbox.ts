import { manageDeadLetters } from './dead-letters.ts'

type Entry = {
  id: number
  source: string
  state: string
  attempts: number
  receivedAt: string
  reason: string | null
}

await manageDeadLetters<Entry>({
  name: 'inbox',
  states: ['dead', 'received', 'processed', 'unreadable', 'failed', 'dropped'],
  actions: ['retry', 'drop'],
  about: 'What came from amoCRM and Telegram.',
  line: (row) =>
    `${row.id}  ${row.source}  ${row.state}  tries ${row.attempts}  ${row.receivedAt}  ${(row.reason ?? '').replaceAll(/\s+/g, ' ')}`,
})
