import type { Ports } from '../app.ts'
import type { Lead } from '../leads/lead.ts'

type Asked = Pick<Lead, 'needs_approval' | 'stage'>

/** What says whether a human lets through what the assistant decides for this lead: the lead itself, its stage, or the business. */
export function approvalOf({ business }: Ports<'business'>, lead: Asked): { isOn: boolean; by: ApprovalBy } {
  if (lead.needs_approval !== null) return { isOn: lead.needs_approval, by: 'lead' }
  if (business.approval.all) return { isOn: true, by: 'business' }
  const isOn = business.approval.stages.some((stage) => stage === lead.stage)
  return { isOn, by: isOn ? 'stage' : 'business' }
}

export type ApprovalBy = 'lead' | 'stage' | 'business'
