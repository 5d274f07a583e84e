import { actions, type Decision, type TurnLease } from '@lead/contract'
import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { type MeetingsOfTurn, meetingOfTurn, meetingsOfTurn } from '../meetings/booked-meeting.ts'
import type { Meeting } from '../meetings/google-event.ts'
import { endMeetingTask, setMeetingTask } from '../meetings/meeting-task.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import type { Lead } from '../leads/lead.ts'
import { whyOnlyThought } from '../leads/only-thought.ts'
import { setStage } from '../leads/set-stage.ts'
import { mayEnter } from '../leads/stage-rank.ts'
import { enqueue, type OutboxItem } from '../outbox/enqueue.ts'
import { askHuman } from '../knowledge/ask-human.ts'
import { knownText } from '../replies/known-text.ts'
import { hearDeeds } from '../replies/deeds/hear-deeds.ts'
import { queueTurnMessage } from '../outbox/queue-message.ts'
import { inviteQuestionOf } from './ask-invite-email.ts'
import { type LockedTurn, lockTurn } from './engine/engine.ts'
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
    const meetings = await meetingsOfTurn(tx, locked.turn)
    return { outcome: 'queued', outboxIds: await queueReply(app, tx, locked, meetings) }
  })
  app.wake.up('telegram')
  return answer
}

/** The message of a locked turn. @returns the outbox rows */
export async function queueReply(
  app: Ports<'business'>,
  tx: Queryable,
  { turn, lead }: LockedTurn,
  { toTell: meeting }: MeetingsOfTurn,
): Promise<number[]> {
  const { decision } = turn
  // A human may move a meeting without a word to the lead.
  if (!decision || decision.sales.reply === '') return []
  const seller = app.business.sellers.find((one) => one.id === meeting?.seller_id)
  const text = renderReply(decision, {
    language: lead.language ?? app.business.language,
    timeZone: lead.time_zone ?? app.business.timeZone,
    sellerZone: seller?.timeZone ?? app.business.timeZone,
    meeting,
    name: lead.contact_name ?? lead.name,
  })
  const question = inviteQuestionOf(app, lead, { id: turn.id, decision })
  const { outboxId } = await queueTurnMessage(tx, {
    leadId: lead.id,
    turnId: turn.id,
    author: decision.origin === 'human' ? 'system' : 'ai',
    text: question ? `${text}\n\n${question}` : text,
    key: `turn:${turn.id}:send`,
  })
  return [outboxId]
}

/** Puts what a turn means for the amoCRM card on its way: stage, fields, note, task; each once. */
export async function updateCrmForTurn(
  app: Ports<'business' | 'db' | 'mode' | 'wake'>,
  lease: TurnLease,
): Promise<EffectAnswer> {
  const answer = await inTransaction(app.db, async (tx): Promise<EffectAnswer> => {
    const locked = await lockTurn(tx, lease)
    if (!locked?.turn.decision) return superseded
    const meetings = await meetingsOfTurn(tx, locked.turn)
    const { outboxIds } = await queueCardUpdate(app, tx, locked, meetings)
    return { outcome: 'queued', outboxIds }
  })
  app.wake.up('amocrm')
  return answer
}

/** What a locked turn means for the card. @returns the outbox rows, and the lead as it is now */
export async function queueCardUpdate(
  app: Ports<'business' | 'mode'>,
  tx: Queryable,
  { turn, lead }: LockedTurn,
  { booked: meeting }: MeetingsOfTurn,
): Promise<{ outboxIds: number[]; lead: Lead }> {
  const { decision } = turn
  if (!decision) return { outboxIds: [], lead }
  const proposed = stageAfter(lead, decision, meeting !== null)
  // Nobody is contacted by words that are still to be sent: note-contacted.ts goes on when they were delivered.
  const isEarly = lead.stage === 'new' && (proposed === 'contacted' || proposed === 'qualified')
  const stage = mayEnter(lead, proposed) && !isEarly ? proposed : lead.stage
  const milestone = actions[decision.sales.action].milestone || (stage !== lead.stage && lead.stage !== 'new')
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
  return { outboxIds, lead: isDone ? { ...lead, stage } : lead }
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
