import { actions, type Decision, type TurnLease } from '@lead/contract'
import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { bookedMeeting, meetingOfTurn, meetingToTellOf } from '../meetings/booked-meeting.ts'
import type { Meeting } from '../meetings/google-event.ts'
import { endMeetingTask, setMeetingTask } from '../meetings/meeting-task.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import { faultPoint } from '../process/fault-point.ts'
import type { Lead } from '../leads/lead.ts'
import { whyOnlyThought } from '../leads/only-thought.ts'
import { setStage } from '../leads/set-stage.ts'
import { mayEnter } from '../leads/stage-rank.ts'
import { enqueue, type OutboxItem } from '../outbox/enqueue.ts'
import { askHuman } from '../knowledge/ask-human.ts'
import { knownText } from '../replies/known-text.ts'
import { hearDeeds } from '../replies/deeds/hear-deeds.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { inviteQuestionOf } from './ask-invite-email.ts'
import { lockTurn } from './engine/engine.ts'
import { renderReply } from './render-reply.ts'
import { stageAfter } from './stage-after.ts'

export type EffectAnswer = { outcome: 'queued'; outboxIds: number[] } | { outcome: 'superseded' }

const superseded: EffectAnswer = { outcome: 'superseded' }

/** Puts the journaled message of a turn on its way, once. */
export async function sendTurnMessage(
  app: Ports<'business' | 'db' | 'wake'>,
  lease: TurnLease,
): Promise<EffectAnswer> {
  const answer = await inTransaction(app.db, async (tx): Promise<EffectAnswer> => {
    const locked = await lockTurn(tx, lease)
    if (!locked?.turn.decision) return superseded
    const { turn, lead } = locked
    const { decision } = locked.turn
    // A human may move a meeting without a word to the lead.
    if (decision.sales.reply === '') return { outcome: 'queued', outboxIds: [] }
    const meeting = await meetingToTellOf(tx, turn)
    const seller = app.business.sellers.find((one) => one.id === meeting?.seller_id)
    const text = renderReply(decision, {
      language: lead.language ?? app.business.language,
      timeZone: lead.time_zone ?? app.business.timeZone,
      sellerZone: seller?.timeZone ?? app.business.timeZone,
      meeting,
      name: lead.contact_name ?? lead.name,
    })
    const question = inviteQuestionOf(app, lead, { id: turn.id, decision })
    const queued = await queueMessage(tx, {
      leadId: lead.id,
      turnId: turn.id,
      author: decision.origin === 'human' ? 'system' : 'ai',
      text: question ? `${text}\n\n${question}` : text,
      key: `turn:${turn.id}:send`,
    })
    return { outcome: 'queued', outboxIds: [queued.outboxId] }
  })
  faultPoint('send.queued')
  app.wake.up('telegram')
  return answer
}

/** Puts what a turn means for the amoCRM card on its way: stage, fields, note, task; each once. */
export async function updateCrmForTurn(
  app: Ports<'business' | 'db' | 'mode' | 'wake'>,
  lease: TurnLease,
): Promise<EffectAnswer> {
  const answer = await inTransaction(app.db, async (tx): Promise<EffectAnswer> => {
    const locked = await lockTurn(tx, lease)
    if (!locked?.turn.decision) return superseded
    const { turn, lead } = locked
    const { decision } = locked.turn
    const meeting = await bookedMeeting(tx, lead.id)
    const proposed = stageAfter(lead, decision, meeting !== null)
    // Nobody is contacted by words that are still to be sent: note-contacted.ts goes on when they were delivered.
    const isEarly = lead.stage === 'new' && (proposed === 'contacted' || proposed === 'qualified')
    const stage = mayEnter(lead, proposed) && !isEarly ? proposed : lead.stage
    const milestone =
      actions[decision.sales.action].milestone || (stage !== lead.stage && lead.stage !== 'new')
    const isDone = (await whyOnlyThought(app, tx, lead.id)) === null
    if (isDone && stage !== lead.stage) await setStage(tx, lead.id, { stage, by: 'turn' })
    if (milestone && isDone)
      await tx.query('update leads set transcript_due_at = now() where id = $1', [lead.id])

    const to = { leadId: lead.id, turnId: turn.id, channel: 'amocrm' } as const
    const items: OutboxItem[] = [
      {
        ...to,
        key: `turn:${turn.id}:crm:lead`,
        payload: {
          kind: 'lead',
          ...(stage === 'new' ? {} : { stage }),
          ...(stage === 'lost' ? { lossReason: 'notInterested' as const } : {}),
          fields: {
            ...lead.facts,
            ...(app.business.amocrm.source ? { source: app.business.amocrm.source } : {}),
            ...(lead.language ? { language: lead.language } : {}),
            ...(decision.sales.action === 'cancel' ? { meetingAt: null, meetingLink: null } : {}),
            ...(meeting ? { meetingAt: meeting.starts_at.toISOString() } : {}),
            ...(meeting?.meet_link ? { meetingLink: meeting.meet_link } : {}),
          },
        },
      },
    ]
    const outboxIds: number[] = []
    if (decision.sales.action === 'handoff') {
      items.push({
        ...to,
        key: `turn:${turn.id}:crm:task`,
        payload: { kind: 'task', text: decision.sales.note, dueInMin: 60 },
      })
    }
    if (decision.classification?.intent === 'question' && decision.sales.action !== 'handoff') {
      const language = lead.language ?? app.business.language
      const task = await askHuman(tx, { leadId: lead.id, turnId: turn.id, language })
      if (task) items.push(task)
    }
    const promise = items.some(({ payload }) => payload.kind === 'task') ? null : promised(app, decision)
    if (promise) items.push({ ...to, key: `turn:${turn.id}:crm:promise`, payload: promise })
    for (const item of items) outboxIds.push((await enqueue(tx, item)).id)
    outboxIds.push(...(await writeMeetingTask(app, tx, lead, turn.id, decision.sales.action, meeting)))
    return { outcome: 'queued', outboxIds }
  })
  faultPoint('crm.queued')
  app.wake.up('amocrm')
  return answer
}

/** The reply says that a human of ours is asked or will write: then one is. */
function promised(
  { business }: Ports<'business'>,
  { sales, origin }: Decision,
): Extract<OutboxItem['payload'], { kind: 'task' }> | null {
  const { names } = knownText(business)
  if (origin === 'human' || !hearDeeds(sales.reply, names).has('asks a human')) return null
  const text = texts[business.language].task.promised(sales.reply.replaceAll(/\s+/g, ' ').slice(0, 300))
  return { kind: 'task', text, dueInMin: 60 }
}

/** @returns the outbox rows */
async function writeMeetingTask(
  app: Ports<'business'>,
  tx: Queryable,
  lead: Lead,
  turnId: number,
  action: Decision['sales']['action'],
  booked: Meeting | null,
): Promise<number[]> {
  if (booked && actions[action].takesTime)
    return setMeetingTask(app, tx, lead, booked, { turnId, key: `turn:${turnId}:crm:task` })
  const ended = action === 'cancel' ? await meetingOfTurn(tx, turnId) : null
  return ended ? endMeetingTask(app, tx, lead, ended, turnId) : []
}
