import type { closeReasons } from '@lead/contract/console'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import { dropDrafts } from '../drafts/draft.ts'
import { lockLead } from '../leads/lead.ts'
import { setControl } from '../leads/set-control.ts'
import { setStage } from '../leads/set-stage.ts'
import { bookedMeeting } from '../meetings/booked-meeting.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { stopThinking } from '../turns/stop-thinking.ts'
import type { User } from './user.ts'

export type Hold = { control: 'human' } | { control: 'paused'; until: Date }

const reasons = { human: 'taken over in the console', paused: 'paused in the console' } as const

/** A human holds the lead, or nobody speaks for a while. What the assistant is thinking or has not sent yet is thrown away. */
export async function holdLead(
  app: Ports<'db'>,
  leadId: number,
  hold: Hold,
  { by, reason }: { by: User; reason: string | null },
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    await lockLead(tx, leadId)
    await holdLocked(tx, leadId, hold, { by: by.name, reason })
  })
}

async function holdLocked(
  tx: Queryable,
  leadId: number,
  hold: Hold,
  { by, reason }: { by: string; reason: string | null },
): Promise<void> {
  await setControl(tx, leadId, {
    ...hold,
    source: 'operator',
    by,
    reason: reason ?? reasons[hold.control],
  })
  await stopThinking(tx, leadId, `${by} took over`)
}

/** Ends the thinking of this moment; the assistant keeps the lead and answers again when there is something to answer. */
export const cancelThinking = (app: Ports<'db'>, leadId: number, by: User): Promise<boolean> =>
  inTransaction(app.db, async (tx) => {
    await lockLead(tx, leadId)
    const stopped = await stopThinking(tx, leadId, `${by.name} stopped it`)
    if (stopped) await audit(tx, { actor: by.name, action: 'turn.stopped', leadId })
    return stopped
  })

/**
 * A human's own words: the lead is theirs from now on, and the words go the way of all words, with their pace and their delivery. The
 * same `key` again says nothing twice. False when the lead asked not to be written to.
 */
export async function writeToLead(
  app: Ports<'db' | 'wake'>,
  leadId: number,
  { by, text, key }: { by: User; text: string; key: string },
): Promise<{ messageId: number } | 'opted out'> {
  const written = await inTransaction(app.db, async (tx) => {
    const lead = await lockLead(tx, leadId)
    if (lead?.opted_out_at) return 'opted out' as const
    const isHeld = lead?.control === 'human' && lead.control_source === 'operator'
    if (!isHeld)
      await holdLocked(
        tx,
        leadId,
        { control: 'human' },
        { by: by.name, reason: 'wrote to the lead in the console' },
      )
    await dropDrafts(tx, leadId, `${by.name} wrote`)
    const { messageId } = await queueMessage(tx, {
      leadId,
      turnId: null,
      author: 'human',
      writtenBy: by.name,
      text,
      key: `console:${leadId}:${key}`,
    })
    return { messageId }
  })
  app.wake.up('telegram')
  return written
}

/** A word for colleagues, which the lead never sees. */
export async function addNote(db: Queryable, leadId: number, by: User, text: string): Promise<void> {
  await db.query('insert into lead_notes (lead_id, user_id, author, text) values ($1, $2, $3, $4)', [
    leadId,
    by.id,
    by.name,
    text,
  ])
}

/**
 * The lead is lost, with the reason on the card; the assistant writes no more. Not while a meeting is to come: that is cancelled first,
 * so that the lead hears of it.
 */
export async function closeLead(
  app: Ports<'db' | 'wake'>,
  leadId: number,
  { by, reason, comment }: { by: User; reason: (typeof closeReasons)[number]; comment: string | null },
): Promise<'closed' | 'has a meeting'> {
  const closed = await inTransaction(app.db, async (tx) => {
    await lockLead(tx, leadId)
    const meeting = await bookedMeeting(tx, leadId)
    if (meeting) return 'has a meeting' as const
    await holdLocked(
      tx,
      leadId,
      { control: 'human' },
      { by: by.name, reason: `closed: ${comment ?? reason}` },
    )
    await setStage(tx, leadId, { stage: 'lost', by: 'operator' })
    const key = `console:close:${leadId}:${Date.now()}`
    await enqueue(tx, {
      leadId,
      turnId: null,
      channel: 'amocrm',
      key,
      payload: { kind: 'lead', stage: 'lost', ...(reason === 'other' ? {} : { lossReason: reason }) },
    })
    if (comment) await addNote(tx, leadId, by, comment)
    await audit(tx, { actor: by.name, action: 'lead.closed', leadId, details: { reason, comment } })
    return 'closed' as const
  })
  app.wake.up('amocrm')
  return closed
}
