-- What the assistant decided and a human has not let through yet; and leads that are put aside until a day.

create table drafts (
  id bigint generated always as identity primary key,
  lead_id bigint not null references leads (id),
  -- The turn that thought of it.
  turn_id bigint not null references turns (id),
  -- `approval`: carried out when somebody lets it through. `suggestion`: words for the human who has the lead.
  kind text not null check (kind in ('approval', 'suggestion')),
  turn_kind text not null,
  decision jsonb not null,
  seen_message_id bigint,
  seen_at timestamptz,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'rejected', 'superseded')),
  created_at timestamptz not null default now(),
  decided_at timestamptz,
  decided_by text,
  -- Why it was rejected or is outdated.
  reason text,
  -- What was sent in place of its own words.
  edited_reply text,
  -- The turn that carries it out.
  approved_turn_id bigint references turns (id)
);
create unique index drafts_one_waiting on drafts (lead_id) where state = 'waiting';
create index drafts_lead on drafts (lead_id, id);
create index drafts_turn on drafts (turn_id);
create index drafts_decided on drafts (decided_at) where decided_at is not null;
create index drafts_approved_turn on drafts (approved_turn_id) where approved_turn_id is not null;

-- Null: as the business has it for the lead's stage.
alter table leads add column needs_approval boolean, add column snoozed_until timestamptz;
create index leads_snoozed on leads (snoozed_until) where snoozed_until is not null;
-- Its result is words for the human who has the lead, whatever it decides.
alter table turns add column is_suggestion boolean not null default false;

alter table lead_heads add column draft_since timestamptz, add column snoozed_until timestamptz;
alter table lead_heads alter column queue set expression as (
  case
    when is_closed then 'closed'
    when draft_since is not null then 'attention'
    when snoozed_until is not null then 'waiting'
    when control = 'human' and (control_source in ('decision', 'failure') or last_direction = 'in') then 'attention'
    when control = 'human' then 'human'
    when stage = 'booked' then 'booked'
    when control = 'paused' or last_direction = 'out' then 'waiting'
    else 'assistant'
  end);

create function follow_draft() returns trigger language plpgsql as $$
begin
  update lead_heads h set draft_since = w.created_at
  from (select c.lead_id, min(d.created_at) as created_at
        from (select distinct lead_id from changed) c
        left join drafts d on d.lead_id = c.lead_id and d.state = 'waiting' and d.kind = 'approval'
        group by c.lead_id) w
  where h.lead_id = w.lead_id and h.draft_since is distinct from w.created_at;
  insert into console_changes (lead_id, kind) select distinct lead_id, 'turn' from changed;
  return null;
end $$;
create trigger console_drafts_added after insert on drafts referencing new table as changed for each statement execute function follow_draft();
create trigger console_drafts_changed after update on drafts referencing new table as changed for each statement execute function follow_draft();

create or replace function follow_lead() returns trigger language plpgsql as $$
begin
  insert into lead_heads as h (lead_id, created_at, control, control_source, stage, is_closed, responsible_user_id, last_at, qualified_at,
                               snoozed_until)
  select id, created_at, control, control_source, stage,
         stage in ('won', 'lost') or opted_out_at is not null or card_gone_at is not null, responsible_user_id, created_at,
         case when stage in ('qualified', 'booked', 'won') then now() end, snoozed_until
  from changed
  on conflict (lead_id) do update set control = excluded.control, control_source = excluded.control_source, stage = excluded.stage,
    is_closed = excluded.is_closed, responsible_user_id = excluded.responsible_user_id,
    qualified_at = coalesce(h.qualified_at, excluded.qualified_at), snoozed_until = excluded.snoozed_until
  where (h.control, h.control_source, h.stage, h.is_closed, h.responsible_user_id, h.snoozed_until)
    is distinct from (excluded.control, excluded.control_source, excluded.stage, excluded.is_closed, excluded.responsible_user_id,
                      excluded.snoozed_until);
  insert into console_changes (lead_id, kind) select distinct id, 'lead' from changed;
  return null;
end $$;

create or replace function rebuild_lead_heads() returns void language sql as $$
  insert into lead_heads (lead_id, created_at, control, control_source, stage, is_closed, responsible_user_id, seller_id, last_message_id,
                          last_direction, last_at, unanswered_since, contacted_at, replied_at, qualified_at, offered_at, booked_at,
                          draft_since, snoozed_until)
  select l.id, l.created_at, l.control, l.control_source, l.stage,
    l.stage in ('won', 'lost') or l.opted_out_at is not null or l.card_gone_at is not null, l.responsible_user_id, e.seller_id,
    newest.id, newest.direction, coalesce(newest.at, l.created_at), case when newest.direction = 'in' then newest.at end,
    m.contacted_at, m.replied_at, case when l.stage in ('qualified', 'booked', 'won') then l.stage_since end, t.offered_at, b.booked_at,
    d.created_at, l.snoozed_until
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
