import type { System } from '../../local/system/system.ts'
import { ask } from '../system.ts'

/** One line of the chat as the lead's phone shows it. */
export type ChatLine = { id: number; from: 'person' | 'seller'; text: string; media?: string }
/** What of our own story of a lead the talks look at. */
export type Story = {
  lead: {
    stage: string
    language: string | null
    timeZone: string | null
    control: string
    controlReason: string | null
    optedOutAt: string | null
  }
  messages: {
    direction: 'in' | 'out'
    author: string
    editedAt: string | null
    deletedAt: string | null
    text: string
  }[]
  turns: { kind: string; state: string; lastError: string | null; refusals: number; decision: unknown }[]
  deliveries: { channel: string; state: string; lastError: string | null }[]
}
export type Card = {
  status: string | null
  fields: Record<string, unknown>
  notes: { params: { text?: string } }[]
  tasks: { text: string; is_completed: boolean }[]
}
export type CalendarEvent = {
  status: string
  start: { dateTime?: string }
  extendedProperties?: { private?: { leadId?: string } }
}

/** Looks at one lead from all sides. */
export function watchLead(
  { urls, config }: System,
  { leadId, personId, calendar }: { leadId: number; personId: number; calendar: string },
) {
  const read = async <Value>(url: string): Promise<Value> => {
    const answer = await ask(url)
    if (answer.status !== 200)
      throw new Error(`${url} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body as Value
  }
  return {
    chat: async () =>
      (await read<{ messages: ChatLine[] }>(`${urls.telegram}/_sim/people/${personId}/chat`)).messages,
    /** Null: the lead is not known yet. */
    story: async () => {
      const answer = await ask(`${urls.api}/conversation/${leadId}`, { token: config.settings.API_TOKEN })
      return answer.status === 200 ? (answer.body as Story) : null
    },
    card: () => read<Card>(`${urls.amocrm}/_sim/leads/${leadId}`),
    events: async () =>
      (
        await read<CalendarEvent[]>(`${urls.google}/_sim/events?calendarId=${encodeURIComponent(calendar)}`)
      ).filter((event) => event.extendedProperties?.private?.leadId === String(leadId)),
  }
}
export type LeadWatch = ReturnType<typeof watchLead>

const open = new Set(['pending', 'running', 'sending', 'received'])

/** Nothing is being thought or said. Nudges and reminders of later days wait, and that is all right. */
export const isQuiet = ({ turns, deliveries }: Story): boolean =>
  turns.every(
    ({ kind, state }) =>
      !open.has(state) || (state === 'pending' && ['follow_up', 'reminder'].includes(kind)),
  ) && deliveries.every(({ channel, state }) => channel !== 'telegram' || !open.has(state))

/** And the card has been written. */
export const isSettled = (story: Story): boolean =>
  isQuiet(story) && story.deliveries.every(({ state }) => !open.has(state))
