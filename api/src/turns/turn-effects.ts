import { formatSlot } from '@lead/scheduling'
import type { App } from '../app.ts'
import { bookedMeeting, meetingOfTurn } from '../bookings/booked-meeting.ts'
import { inTransaction } from '../database/pool.ts'
import { faultPoint } from '../fault-point.ts'
import { findLead, type Lead, type Stage } from '../leads/lead.ts'
import { enqueue, type OutboxItem } from '../outbox/enqueue.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import type { Decision } from './decision.ts'
import { discloseFirst } from './disclose-first.ts'
import { lockTurn, type TurnLease } from './engine/engine.ts'
import { renderReply } from './render-reply.ts'

export type EffectAnswer = { outcome: 'queued'; outboxIds: number[] } | { outcome: 'superseded' }

const superseded: EffectAnswer = { outcome: 'superseded' }

/** Puts the journaled message of a turn on its way, once. */
export async function sendTurnMessage(app: App, lease: TurnLease): Promise<EffectAnswer> {
  const answer = await inTransaction(app.db, async (tx): Promise<EffectAnswer> => {
    const turn = await lockTurn(tx, lease)
    if (!turn?.decision) return superseded
    const decision = turn.decision as Decision
    const lead = (await findLead(tx, turn.lead_id))!
    const rendered = renderReply(decision, {
      language: lead.language ?? app.business.language,
      timeZone: lead.time_zone ?? app.business.timeZone,
      meeting: (await meetingOfTurn(tx, turn.id)) ?? (await bookedMeeting(tx, lead.id)),
    })
    const queued = await queueMessage(tx, {
      leadId: lead.id,
      turnId: turn.id,
      author: 'ai',
      text: await discloseFirst(app, tx, turn, lead, rendered),
      key: `turn:${turn.id}:send`,
    })
    return { outcome: 'queued', outboxIds: [queued.outboxId] }
  })
  faultPoint('send.queued')
  app.wake.up('telegram')
  return answer
}

/** Puts what a turn means for the amoCRM card on its way: stage, fields, note, task; each once. */
export async function updateCrmForTurn(app: App, lease: TurnLease): Promise<EffectAnswer> {
  const answer = await inTransaction(app.db, async (tx): Promise<EffectAnswer> => {
    const turn = await lockTurn(tx, lease)
    if (!turn?.decision) return superseded
    const decision = turn.decision as Decision
    const lead = (await findLead(tx, turn.lead_id))!
    const meeting = await bookedMeeting(tx, lead.id)
    const stage = stageAfter(lead, decision, meeting !== null)
    await tx.query('update leads set stage = $2, updated_at = now() where id = $1', [lead.id, stage])

    const to = { leadId: lead.id, turnId: turn.id, channel: 'amocrm' } as const
    const items: OutboxItem[] = [
      {
        ...to,
        key: `turn:${turn.id}:crm:lead`,
        payload: {
          kind: 'lead',
          stage,
          fields: {
            ...lead.facts,
            ...(lead.language ? { language: lead.language } : {}),
            ...(decision.sales.action === 'cancel' ? { meetingAt: null, meetingLink: null } : {}),
            ...(meeting ? { meetingAt: meeting.starts_at.toISOString() } : {}),
            ...(meeting?.meet_link ? { meetingLink: meeting.meet_link } : {}),
          },
        },
      },
      { ...to, key: `turn:${turn.id}:crm:note`, payload: { kind: 'note', text: decision.sales.note } },
    ]
    if (decision.sales.action === 'handoff') {
      items.push({
        ...to,
        key: `turn:${turn.id}:crm:task`,
        payload: { kind: 'task', text: decision.sales.note, dueInMin: 60 },
      })
    } else if (meeting && (decision.sales.action === 'book' || decision.sales.action === 'move')) {
      const language = lead.language ?? app.business.language
      const zone =
        app.business.sellers.find((seller) => seller.id === meeting.seller_id)?.timeZone ??
        app.business.timeZone
      const when = formatSlot(meeting.starts_at.toISOString(), zone, language, { withZone: true })
      const text = language === 'ru' ? `Встреча: ${when}` : `Meeting: ${when}`
      items.push({
        ...to,
        key: `turn:${turn.id}:crm:task`,
        payload: { kind: 'task', text, dueAt: meeting.starts_at.toISOString() },
      })
    }
    const outboxIds: number[] = []
    for (const item of items) outboxIds.push((await enqueue(tx, item)).id)
    return { outcome: 'queued', outboxIds }
  })
  faultPoint('crm.queued')
  app.wake.up('amocrm')
  return answer
}

/** Our stage after a turn. The model proposes actions only; the stage follows from what happened. */
function stageAfter(lead: Lead, { sales, classification }: Decision, hasMeeting: boolean): Stage {
  if (hasMeeting) return 'booked'
  if (sales.action === 'close' || classification?.intent === 'opt_out') return 'lost'
  if (lead.facts['need'] || lead.stage === 'qualified' || lead.stage === 'booked') return 'qualified'
  return 'contacted'
}
