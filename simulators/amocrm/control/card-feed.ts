import type { Amocrm } from '../amocrm.ts'
import { chatsOfLead } from '../chats/chats.ts'
import type { Lead, LogEvent } from '../world.ts'

/** What was done with a lead, besides notes, tasks and chat: who made it, moved it, handed it over, threw it away. */
export function logOfLead(amo: Amocrm, lead: Lead): object[] {
  const kinds = [
    'lead_added',
    'lead_status_changed',
    'entity_responsible_changed',
    'lead_deleted',
    'lead_restored',
  ]
  return amo.world.events
    .filter((event) => (event.entity ?? 'lead') === 'lead' && event.entity_id === lead.id)
    .filter((event) => kinds.includes(event.type))
    .map((event) => ({
      id: event.id,
      type: event.type,
      at: event.created_at,
      author: userName(amo, event.created_by),
      to: nameAfter(amo, event),
    }))
}

/** The chat that a manager can answer in, with all its messages; null while the lead has none. */
export function chatOfLead(amo: Amocrm, lead: Lead): object | null {
  const chat = chatsOfLead(amo, lead).at(-1)
  if (!chat) return null
  const isConnected = amo.world.channel.scopeId !== null && amo.world.channel.hookUrl !== null
  return { id: chat.id, name: chat.user.name, isConnected, messages: chat.messages }
}

const userName = (amo: Amocrm, id: number) => amo.world.users.find((user) => user.id === id)?.name ?? null

type After = {
  lead_status?: { id: number; pipeline_id: number }
  responsible_user?: { id: number }
}

function nameAfter(amo: Amocrm, event: LogEvent): string | null {
  const [after] = event.value_after as [After?]
  const { lead_status: stage, responsible_user: user } = after ?? {}
  if (user) return userName(amo, user.id)
  const pipeline = amo.world.pipelines.find((one) => one.id === stage?.pipeline_id)
  return pipeline?.statuses.find((one) => one.id === stage?.id)?.name ?? null
}
