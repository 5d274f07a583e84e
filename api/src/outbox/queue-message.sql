-- $1 lead, $2 author, $3 text, $4 turn or null, $5 who wrote it or null, $6 key. What has the key already, or a new message in the lead's
-- conversation and its delivery.
with old as (
  select id, (payload ->> 'messageId')::bigint as message_id from outbox where idempotency_key = $6
), conversation as (
  insert into conversations (lead_id, channel) select $1, 'telegram' where not exists (select from old)
  on conflict (lead_id, channel) do update set updated_at = now()
  returning id
), message as (
  insert into messages (conversation_id, lead_id, direction, author, text, turn_id, written_by)
  select id, $1, 'out', $2, $3, $4, $5 from conversation
  returning id
), queued as (
  insert into outbox (lead_id, turn_id, channel, payload, idempotency_key)
  select $1, $4, 'telegram', jsonb_build_object('kind', 'text', 'messageId', id, 'text', $3::text), $6 from message
  returning id
)
select old.id as outbox_id, message_id from old
union all select queued.id, message.id from queued, message
