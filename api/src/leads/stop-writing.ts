import { audit } from '../audit.ts'
import type { Queryable } from '../database/pool.ts'
import { enqueue } from '../outbox/enqueue.ts'

const noteText = {
  ru: 'Клиент попросил больше не писать. Ассистент замолчал; снять запрет может только человек.',
  en: 'The lead asked not to be written to any more. The assistant is silent; only a human can lift this.',
}

/** Ends all writing to a lead: what waits is cancelled, the card says so. Final until a human lifts it. */
export async function recordOptOut(
  tx: Queryable,
  { leadId, language, how }: { leadId: number; language: 'ru' | 'en'; how: string },
): Promise<void> {
  const { rowCount } = await tx.query(
    `update leads set opted_out_at = now(), transcript_due_at = now(), updated_at = now()
     where id = $1 and opted_out_at is null`,
    [leadId],
  )
  if (!rowCount) return
  await cancelWaiting(tx, leadId, 'the lead opted out')
  await audit(tx, { actor: 'lead', action: 'lead.opted_out', leadId, details: { how } })
  await enqueue(tx, {
    leadId,
    turnId: null,
    channel: 'amocrm',
    key: `lead:${leadId}:optout:${Date.now()}`,
    payload: { kind: 'note', text: noteText[language] },
  })
}

/**
 * A newer message of the lead makes words of ours that wait outdated: its answer takes their place. What tells of a meeting or
 * hands over is said all the same, and so is the first message, which says who writes.
 */
export async function cancelOutdatedWords(tx: Queryable, leadId: number): Promise<void> {
  await tx.query(
    `update outbox o set state = 'cancelled', finished_at = now(), last_error = 'a newer message came in'
     from turns t
     where o.lead_id = $1 and o.channel = 'telegram' and o.state = 'pending' and o.attempts = 0
       and t.id = o.turn_id and t.kind <> 'first_touch'
       and t.decision -> 'sales' ->> 'action' in ('talk', 'offer_times')`,
    [leadId],
  )
}

/** What has not begun is cancelled: pending turns and messages of ours that wait. */
export async function cancelWaiting(tx: Queryable, leadId: number, reason: string): Promise<void> {
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
