-- The page of numbers: by source, and what was objected and why leads were handed over, without reading every thought of a time; the week:
-- what leads were offered.

-- Where the card says that a lead came from; of an address only whose it is.
create function card_source(card jsonb) returns text language sql immutable as $$
  select coalesce(substring(card ->> 'source' from '^https?://(?:www\.)?([^/?#:]+)'), card ->> 'source')
$$;

alter table lead_heads add column source text;
update lead_heads h set source = card_source(l.card) from leads l where l.id = h.lead_id and l.card ->> 'source' is not null;

create or replace function follow_lead() returns trigger language plpgsql as $$
begin
  insert into lead_heads as h (lead_id, created_at, control, control_source, stage, is_closed, responsible_user_id, last_at, qualified_at,
                               snoozed_until, source)
  select id, created_at, control, control_source, stage,
         stage in ('won', 'lost') or opted_out_at is not null or card_gone_at is not null, responsible_user_id, created_at,
         case when stage in ('qualified', 'booked', 'won') then now() end, snoozed_until, card_source(card)
  from changed
  on conflict (lead_id) do update set control = excluded.control, control_source = excluded.control_source, stage = excluded.stage,
    is_closed = excluded.is_closed, responsible_user_id = excluded.responsible_user_id,
    qualified_at = coalesce(h.qualified_at, excluded.qualified_at), snoozed_until = excluded.snoozed_until, source = excluded.source
  where (h.control, h.control_source, h.stage, h.is_closed, h.responsible_user_id, h.snoozed_until, h.source)
    is distinct from (excluded.control, excluded.control_source, excluded.stage, excluded.is_closed, excluded.responsible_user_id,
                      excluded.snoozed_until, excluded.source);
  insert into console_changes (lead_id, kind) select distinct id, 'lead' from changed;
  return null;
end $$;

create or replace function rebuild_lead_heads() returns void language sql as $$
  insert into lead_heads (lead_id, created_at, control, control_source, stage, is_closed, responsible_user_id, seller_id, last_message_id,
                          last_direction, last_at, unanswered_since, contacted_at, replied_at, qualified_at, offered_at, booked_at,
                          draft_since, snoozed_until, source)
  select l.id, l.created_at, l.control, l.control_source, l.stage,
    l.stage in ('won', 'lost') or l.opted_out_at is not null or l.card_gone_at is not null, l.responsible_user_id, e.seller_id,
    newest.id, newest.direction, coalesce(newest.at, l.created_at), case when newest.direction = 'in' then newest.at end,
    m.contacted_at, m.replied_at, case when l.stage in ('qualified', 'booked', 'won') then l.stage_since end, t.offered_at, b.booked_at,
    d.created_at, l.snoozed_until, card_source(l.card)
  from leads l
  left join (select distinct on (lead_id) lead_id, id, direction, coalesce(sent_at, created_at) as at
             from messages order by lead_id, id desc) newest on newest.lead_id = l.id
  left join (select lead_id, min(sent_at) filter (where direction = 'out') as contacted_at,
               min(coalesce(sent_at, created_at)) filter (where direction = 'in') as replied_at
             from messages group by lead_id) m on m.lead_id = l.id
  left join (select lead_id, min(decided_at) as offered_at from turns
             where jsonb_array_length(decision -> 'offers') > 0 and decision -> 'sales' ->> 'action' in ('offer_times', 'book', 'move')
             group by lead_id) t on t.lead_id = l.id
  left join (select distinct on (lead_id) lead_id, seller_id from calendar_events order by lead_id, id desc) e on e.lead_id = l.id
  left join (select lead_id, min(booked_at) as booked_at from calendar_events group by lead_id) b on b.lead_id = l.id
  left join drafts d on d.lead_id = l.id and d.state = 'waiting' and d.kind = 'approval'
  on conflict (lead_id) do nothing
$$;

create index turns_handed_over on turns (finished_at) where decision #>> '{sales,action}' = 'handoff';
create index turns_offered on turns (finished_at) where decision #>> '{sales,action}' = 'offer_times';
create index turns_objected on turns (finished_at) where decision #> '{classification,objections}' <> '[]';
create index calendar_events_made on calendar_events (booked_at) where booked_at is not null;
