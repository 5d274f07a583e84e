import type { Ports } from '../app.ts'
import type { Queryable } from '../database/pool.ts'
import type { Lead } from '../leads/lead.ts'
import { ownText } from '../replies/known-text.ts'
import type { Business } from '../settings/business.ts'
import type { KnowledgeItem } from './read-items.ts'

/**
 * What a reply to this lead may rest on: every item; `answers` those of people, which are in no file; `own` what needs no item: what the
 * business says of itself, and what the lead said.
 */
export async function readKnowledge(
  { business }: Ports<'business'>,
  tx: Queryable,
  lead: Lead,
): Promise<{ items: KnowledgeItem[]; answers: string[]; own: string }> {
  const { rows } = await tx.query<KnowledgeItem>(
    `select id, title, text from knowledge_items where source = 'answer' order by id limit 1000`,
  )
  const { rows: said } = await tx.query<{ text: string }>(
    `select text from messages where lead_id = $1 and direction = 'in' and deleted_at is null order by id desc limit 30`,
    [lead.id],
  )
  const ofLead = [lead.name, lead.contact_name ?? '', ...said.map(({ text }) => text)]
  return {
    items: [...business.knowledge, ...rows],
    answers: rows.map(({ text }) => text),
    own: ownWords(business, ofLead),
  }
}

/** What needs no item: what the business says of itself, and what the lead said. */
export const ownWords = (business: Business, ofLead: string[]): string =>
  [
    JSON.stringify(ownText(business)),
    JSON.stringify(business.sellers.map(({ name }) => name)),
    ...ofLead,
  ].join('\n')
