import type { Standing, TurnKind } from '@lead/contract'
import type { Ports } from '../app.ts'
import { one } from '../database/pool.ts'

/** Where the talk stands when a turn of that kind is thought about. */
export async function standingOf(
  { business, db }: Ports<'business' | 'db'>,
  leadId: number,
  kind: TurnKind,
): Promise<Standing> {
  const row = one(
    await db.query<{ answered: number; offered: boolean; met: boolean }>(
      `select
         (select count(*)::int from turns where lead_id = $1 and kind = 'answer' and state = 'done') as answered,
         coalesce((select t.decision -> 'sales' ->> 'action' = 'offer_times' from messages m left join turns t on t.id = m.turn_id
           where m.lead_id = $1 and m.direction = 'out' order by m.id desc limit 1), false) as offered,
         exists (select from calendar_events where lead_id = $1 and status = 'booked' and ends_at <= now())
           and not exists (select from calendar_events where lead_id = $1 and status = 'booked' and ends_at > now()) as met`,
      [leadId],
    ),
  )
  return {
    rules: business.qualification,
    answers: row.answered + (kind === 'answer' ? 1 : 0),
    justOffered: row.offered,
    hasMet: row.met,
  }
}
