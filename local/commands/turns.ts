import { manageDeadLetters } from './dead-letters.ts'

type Entry = {
  id: number
  leadId: number
  kind: string
  since: string
  reason: string | null
  decided: { action: string; reply: string; time: string | null } | null
}

const inOneLine = (text: string) => text.replaceAll(/\s+/g, ' ')

await manageDeadLetters<Entry>({
  name: 'turns',
  states: ['failed', 'held', 'shadow'],
  actions: ['retry'],
  all: true,
  about:
    'What the assistant thought. failed: a human has the lead because of it; retry gives it back. held: it waits for a service that is away. shadow: what would have been done.',
  line: ({ id, leadId, kind, since, reason, decided }) =>
    [
      `${id}  lead ${leadId}  ${kind}  ${since}`,
      decided && `${decided.action}${decided.time ? ` ${decided.time}` : ''}: ${inOneLine(decided.reply)}`,
      reason && inOneLine(reason),
    ]
      .filter(Boolean)
      .join('  '),
})
