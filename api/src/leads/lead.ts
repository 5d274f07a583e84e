import type { FactName } from '@lead/contract'
import type { Language } from '../../../texts/index.ts'
import type { Queryable } from '../database/pool.ts'
import type { CardRequest } from './card-request.ts'

export type Stage = 'new' | 'contacted' | 'qualified' | 'booked' | 'won' | 'lost'
/** What the present control follows from. `decision`: the assistant's own; `operator`: people through the API; `loop`: a machine seems to answer. */
export type ControlSource =
  | 'start'
  | 'tag'
  | 'note'
  | 'card'
  | 'phone'
  | 'chat'
  | 'decision'
  | 'failure'
  | 'other_lead'
  | 'operator'
  | 'loop'
/** `words`: words that end a conversation. `operator`: a human blocked the person. `other_lead`: said before, in another lead of the same person. */
export type OptOutSource = 'words' | 'classifier' | 'command' | 'blocked' | 'tag' | 'other_lead' | 'operator'
export type { Language }

export type Lead = {
  id: number
  name: string
  contact_id: number | null
  contact_name: string | null
  /** The first of `phones`. */
  phone: string | null
  /** E.164, in the order in which they are tried. */
  phones: string[]
  email: string | null
  /** Named by the lead in their own words. */
  said_email: string | null
  /** Where the lead wants no mail; `*` stands for anywhere. */
  refused_emails: string[]
  /** The lead was asked whether the invitation goes there and has not answered yet, and the turn that asked. */
  asked_email: string | null
  asked_email_turn_id: number | null
  /** The lead said yes to that question. */
  confirmed_email: string | null
  /** The lead said no to it, or spoke of something else: never asked about again. */
  declined_emails: string[]
  telegram_username: string | null
  telegram_user_id: number | null
  bound_by: 'link' | 'contact' | 'phone' | 'username' | 'earlier' | null
  bound_sign: string | null
  language: Language | null
  language_source: string | null
  language_confidence: number | null
  time_zone: string | null
  zone_source: string | null
  /** 0 to 1; see know-lead.ts. */
  zone_confidence: number | null
  stop_asked_at: Date | null
  stage: Stage
  stage_since: Date
  /** Who or what moved it there. */
  stage_by: string
  facts: Partial<Record<FactName, string>>
  /** What the card says of the request; empty before it was read. */
  card: Partial<CardRequest>
  /** Which prompt of an experiment they talk with; see turns/variant-of.ts. */
  variant: string | null
  /** What a look-up found; see enrichment/enrichment.ts. */
  enriched: unknown
  pipeline_id: number | null
  status_id: number | null
  responsible_user_id: number | null
  card_updated_at: Date | null
  written_pipeline_id: number | null
  written_status_id: number | null
  written_fields: Record<string, string | number | null>
  locked_stage: Stage | null
  card_gone_at: Date | null
  continues_lead_id: number | null
  transcript_due_at: Date | null
  control: 'ai' | 'human' | 'paused'
  control_until: Date | null
  control_by: string | null
  control_reason: string | null
  control_source: ControlSource
  /** Null: nobody has decided it yet. */
  control_since: Date | null
  /** The card has a tag of `guests` in config/business.yaml. */
  has_guest_tag: boolean
  opted_out_at: Date | null
  opted_out_source: OptOutSource | null
  /** Null: as the business has it. */
  needs_approval: boolean | null
  snoozed_until: Date | null
  created_at: Date
  updated_at: Date
}

/** @returns undefined when no lead has this id */
export async function findLead(db: Queryable, id: number): Promise<Lead | undefined> {
  const { rows } = await db.query<Lead>('select * from leads where id = $1', [id])
  return rows[0]
}

/**
 * The lead, which is this transaction's until it ends. Whoever locks anything of a lead locks the lead first: turns, messages,
 * meetings and deliveries of one lead never wait for each other in a circle. A new row that only refers to the lead does not wait.
 * @returns undefined when no lead has this id
 */
export async function lockLead(tx: Queryable, id: number): Promise<Lead | undefined> {
  const { rows } = await tx.query<Lead>('select * from leads where id = $1 for no key update', [id])
  return rows[0]
}

/**
 * The lead that was looked up by the reference of another row, or that another row was just bound to: it must exist.
 * @throws when it does not
 */
export async function requireLead(found: Promise<Lead | undefined>): Promise<Lead> {
  const lead = await found
  if (!lead) throw new Error('A lead that must exist does not')
  return lead
}

/** Whether the assistant may write to this lead now: nobody opted out, no human holds it, no pause is running. */
export function mayWrite(lead: Pick<Lead, 'control' | 'control_until' | 'opted_out_at'>, now: Date): boolean {
  if (lead.opted_out_at) return false
  if (lead.control === 'human') return false
  return lead.control === 'ai' || (lead.control_until !== null && lead.control_until <= now)
}
