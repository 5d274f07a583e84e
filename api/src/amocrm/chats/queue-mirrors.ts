import type { Ports } from '../../app.ts'

/** The fate of a line of ours, by its row in the outbox. */
const fate = `left join outbox o on o.channel = 'telegram' and o.message_id = m.id`

/**
 * Puts on its way what the chat on the card does not show yet: the lead's lines at once, ours when they were delivered, and
 * whether a manager's answer arrived. What was said long before the channel was there stays where it is. @returns how many rows were put into the outbox
 */
export async function queueMirrors(app: Ports<'config' | 'db' | 'wake'>): Promise<number> {
  if (!app.config.amocrm.chats) return 0
  const lines = await app.db.query(
    `with due as (
       select m.id, m.lead_id, o.id is null or o.state = 'done' as said
       from messages m ${fate}
       where m.mirrored_at is null and m.created_at > now() - interval '1 day' and (o.id is null or o.state not in ('pending', 'sending'))
       order by m.id limit 200
     ), marked as (
       update messages m set mirrored_at = now() from due where m.id = due.id and m.mirrored_at is null
       returning m.id, m.lead_id, due.said
     )
     insert into outbox (lead_id, channel, payload, idempotency_key)
     select lead_id, 'amocrm', jsonb_build_object('kind', 'chat', 'messageId', id), 'chat:' || id from marked where said order by id
     on conflict (idempotency_key) do nothing`,
  )
  const answers = await app.db.query(
    `with due as (
       select m.id, m.lead_id, case when o.state = 'done' then 1 else -1 end as status, o.last_error
       from messages m ${fate}
       where m.author = 'human' and m.amo_message_id is not null and m.amo_status is null
         and m.direction = 'out' and o.state in ('done', 'dead', 'cancelled')
       order by m.id limit 200
     ), marked as (
       update messages m set amo_status = due.status from due where m.id = due.id and m.amo_status is null
       returning m.id, m.lead_id, due.status, due.last_error
     )
     insert into outbox (lead_id, channel, payload, idempotency_key)
     select lead_id, 'amocrm',
            jsonb_build_object('kind', 'chat_status', 'messageId', id, 'status', status, 'error', last_error),
            'chat-status:' || id
     from marked order by id
     on conflict (idempotency_key) do nothing`,
  )
  const queued = (lines.rowCount ?? 0) + (answers.rowCount ?? 0)
  if (queued > 0) app.wake.up('amocrm')
  return queued
}
