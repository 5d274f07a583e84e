import type { Queryable } from '../database/pool.ts'
import { findLead, type Lead } from '../leads/lead.ts'
import { Problem } from './problems.ts'

/** @throws Problem unknown-lead */
export async function leadOr404(db: Queryable, leadId: number): Promise<Lead> {
  const lead = await findLead(db, leadId)
  if (!lead) throw new Problem('unknown-lead', `There is no lead ${leadId}`)
  return lead
}
