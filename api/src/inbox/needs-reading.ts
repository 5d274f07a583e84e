import type { HookTree } from '../amocrm/parse-hook.ts'
import type { Business } from '../settings/business.ts'
import type { Lead } from '../leads/lead.ts'

export type KnownLead = Pick<
  Lead,
  | 'id'
  | 'name'
  | 'contact_id'
  | 'status_id'
  | 'pipeline_id'
  | 'responsible_user_id'
  | 'control'
  | 'control_source'
  | 'card_gone_at'
>

/**
 * Whether a hook about a known lead says anything that we do not know. Most hooks are the echo of our own writes: reading the
 * card for each would take half of the requests that amoCRM allows.
 */
export function needsReading(known: KnownLead, fields: HookTree, tags: Business['amocrm']['tags']): boolean {
  const differs = (name: string, value: number | string | null) =>
    typeof fields[name] !== 'string' || fields[name] !== String(value)
  const steering = [...tags.off, ...tags.optOut]
  const said = typeof fields['tags'] === 'object' ? Object.values(fields['tags']) : []
  const steered = said.some((tag) => typeof tag === 'object' && steering.includes(String(tag['name'])))
  return (
    known.contact_id === null ||
    known.card_gone_at !== null ||
    known.control_source === 'tag' ||
    steered ||
    differs('name', known.name) ||
    differs('status_id', known.status_id) ||
    differs('pipeline_id', known.pipeline_id) ||
    differs('responsible_user_id', known.responsible_user_id)
  )
}
