import { onlyWords } from '@lead/contract'
import { texts } from '../../../texts/index.ts'
import { audit } from '../database/audit.ts'
import type { Queryable } from '../database/pool.ts'
import { dropDrafts } from '../drafts/draft.ts'
import type { Language, OptOutSource } from './lead.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { announce } from '../webhooks/announce.ts'

/**
 * Ends all writing to a lead: what waits is cancelled, the card says so. Final until a human lifts it; a repeat changes nothing.
 * `tell: false`: the caller tells people in words of its own.
 */
export async function optOut(
  tx: Queryable,
  {
    leadId,
    language,
    source,
    tell = true,
  }: { leadId: number; language: Language; source: OptOutSource; tell?: boolean },
): Promise<void> {
  if (!(await writeOptOut(tx, leadId, source))) return
  await cancelWaiting(tx, leadId, 'the lead opted out')
  await audit(tx, { actor: 'lead', action: 'lead.opted_out', leadId, details: { source } })
  await announce(tx, { type: 'lead.opted_out', data: { leadId, source } })
  if (!tell) return
  await enqueue(tx, {
    leadId,
    turnId: null,
    channel: 'amocrm',
    key: `lead:${leadId}:optout:${Date.now()}`,
    payload: { kind: 'note', text: texts[language].card.optedOut },
  })
}

/** The person may be written to again: a human says so. */
export async function liftOptOut(
  tx: Queryable,
  leadId: number,
  { by, reason }: { by: string; reason: string },
): Promise<void> {
  if (await writeOptOut(tx, leadId, null))
    await audit(tx, { actor: by, action: 'lead.opt_out_lifted', leadId, details: { reason } })
}

/** The only writer of the opt-out. @returns false when it was so already */
async function writeOptOut(tx: Queryable, leadId: number, source: OptOutSource | null): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update leads set opted_out_at = case when $2::text is not null then now() end, opted_out_source = $2::text,
       stop_asked_at = case when $2::text is not null then stop_asked_at end,
       transcript_due_at = now(), updated_at = now()
     where id = $1 and (opted_out_at is null) = ($2::text is not null)`,
    [leadId, source],
  )
  return rowCount === 1
}

/**
 * A newer message of the lead makes words of ours that wait outdated: its answer takes their place. What tells of a meeting or
 * hands over is said all the same, and so is the first message, which says who writes.
 */
export async function cancelOutdatedWords(tx: Queryable, leadId: number): Promise<void> {
  await tx.query(
    `with dropped as (
       update drafts set state = 'superseded', decided_at = now(), reason = 'a newer message came in'
       where lead_id = $1 and state = 'waiting')
     update outbox o set state = 'cancelled', finished_at = now(), last_error = 'a newer message came in'
     from turns t
     where o.lead_id = $1 and o.channel = 'telegram' and o.state = 'pending' and o.attempts = 0
       and t.id = o.turn_id and t.kind <> 'first_touch'
       and t.decision -> 'sales' ->> 'action' = any($2)`,
    [leadId, onlyWords],
  )
}

/** What has not begun is cancelled: pending turns, drafts and messages of ours that wait. */
export async function cancelWaiting(tx: Queryable, leadId: number, reason: string): Promise<void> {
  await dropDrafts(tx, leadId, reason)
  await tx.query(
    `update turns set state = 'cancelled', finished_at = now(), last_error = $2 where lead_id = $1 and state = 'pending'`,
    [leadId, reason],
  )
  await tx.query(
    `update outbox o set state = 'cancelled', finished_at = now(), last_error = $2
     from messages m
     where o.lead_id = $1 and o.channel = 'telegram' and o.state = 'pending' and o.attempts = 0
       and m.id = o.message_id and m.author = 'ai'`,
    [leadId, reason],
  )
}
