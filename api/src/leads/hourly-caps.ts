import { texts } from '../../../texts/index.ts'
import type { App } from '../app.ts'
import type { Queryable } from '../database/pool.ts'
import { enqueue } from '../outbox/enqueue.ts'

export type Capped = 'messages' | 'files' | 'modelCalls'

/** $1 lead, $2 the cap, $3 the turn that is about to think. Each says when the oldest that is one too many is an hour old. */
const untilBelow: Record<Capped, string> = {
  messages: `select created_at + interval '1 hour' as until from messages
    where lead_id = $1 and direction = 'in' and created_at > now() - interval '1 hour' and $3::bigint is null
    order by id desc offset $2 limit 1`,
  files: `select m.created_at + interval '1 hour' as until from messages m join message_files f on f.message_id = m.id
    where m.lead_id = $1 and m.created_at > now() - interval '1 hour' and $3::bigint is null
    order by m.id desc offset $2 limit 1`,
  // An answer asks the classifier and the assistant's step; every other turn, and every refusal, the assistant's step alone.
  modelCalls: `select max(at) + interval '1 hour' as until from (
      select at, sum(calls) over (order by at desc, id desc) as total from (
        select id, coalesce(finished_at, now()) as at,
               (attempts - (id = $3)::int) * case kind when 'answer' then 2 else 1 end + refusals as calls
        from turns
        where lead_id = $1 and kind <> 'operator' and coalesce(finished_at, now()) > now() - interval '1 hour') recent
    ) summed where total >= $2`,
}

/**
 * Whether a lead has used up an hour's worth; nothing is dropped, it only waits. A human is told once a day.
 * @param turnId of `modelCalls`: the turn that is claimed and about to think, whose own try does not count yet
 * @returns when there is room again; null: there is
 */
export async function waitForCap(
  app: App,
  db: Queryable,
  leadId: number,
  what: Capped,
  turnId: number | null = null,
): Promise<Date | null> {
  const cap = app.business.perLeadAndHour[what]
  const { rows } = await db.query<{ until: Date | null }>(untilBelow[what], [leadId, cap, turnId])
  const until = rows[0]?.until ?? null
  if (!until) return null
  const { added } = await enqueue(db, {
    leadId,
    turnId: null,
    channel: 'amocrm',
    key: `lead:${leadId}:cap:${what}:${app.now().toISOString().slice(0, 10)}`,
    payload: {
      kind: 'task',
      text: texts[app.business.language].task.capped[what](cap),
      dueInMin: 60,
    },
  })
  if (added) {
    app.log.warn({ lead: leadId, what, cap, until }, 'A lead has used up what an hour allows; it waits')
    app.wake.up('amocrm')
  }
  return until
}
