-- The console: who may look, what its list shows, and what changed since one looked.

create extension if not exists pg_trgm;

create table console_users (
  id bigint generated always as identity primary key,
  email text not null,
  name text not null,
  role text not null check (role in ('owner', 'manager', 'seller', 'viewer')),
  -- Whose leads a seller sees.
  seller_id text references sellers (id),
  password_hash text not null,
  created_at timestamptz not null default now(),
  seen_at timestamptz,
  disabled_at timestamptz,
  check ((role = 'seller') = (seller_id is not null))
);
create unique index console_users_email on console_users (lower(email));
create index console_users_seller on console_users (seller_id) where seller_id is not null;

-- A one-time link makes a person: only a hash of its token is kept.
create table console_invitations (
  token_hash bytea primary key,
  role text not null check (role in ('owner', 'manager', 'seller', 'viewer')),
  seller_id text references sellers (id),
  invited_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  check ((role = 'seller') = (seller_id is not null))
);
create index console_invitations_seller on console_invitations (seller_id) where seller_id is not null;

create table console_sessions (
  token_hash bytea primary key,
  user_id bigint not null references console_users (id) on delete cascade,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  address text,
  agent text
);
create index console_sessions_user on console_sessions (user_id);
create index console_sessions_old on console_sessions (expires_at);

create table console_login_failures (
  id bigint generated always as identity primary key,
  email text not null,
  address text not null,
  at timestamptz not null default now()
);
create index console_login_failures_email on console_login_failures (email, at);
create index console_login_failures_address on console_login_failures (address, at);
create index console_login_failures_old on console_login_failures (at);

-- For colleagues only: never said to the lead, never shown to a model.
create table lead_notes (
  id bigint generated always as identity primary key,
  lead_id bigint not null references leads (id),
  user_id bigint references console_users (id) on delete set null,
  author text not null,
  text text not null,
  created_at timestamptz not null default now()
);
create index lead_notes_lead on lead_notes (lead_id, id);
create index lead_notes_user on lead_notes (user_id) where user_id is not null;

-- Which human wrote it in the console; null: on the phone, on the card, or no human.
alter table messages add column written_by text;

-- What the list sorts and counts by, one row per lead. Only the triggers below write it.
create table lead_heads (
  lead_id bigint primary key references leads (id),
  created_at timestamptz not null,
  control text not null,
  control_source text not null,
  stage text not null,
  is_closed boolean not null,
  responsible_user_id bigint,
  seller_id text,
  last_message_id bigint,
  last_direction text,
  last_at timestamptz not null,
  -- When the lead wrote what nobody answered yet.
  unanswered_since timestamptz,
  contacted_at timestamptz,
  replied_at timestamptz,
  qualified_at timestamptz,
  offered_at timestamptz,
  booked_at timestamptz,
  queue text not null generated always as (
    case
      when is_closed then 'closed'
      when control = 'human' and (control_source in ('decision', 'failure') or last_direction = 'in') then 'attention'
      when control = 'human' then 'human'
      when stage = 'booked' then 'booked'
      when control = 'paused' or last_direction = 'out' then 'waiting'
      else 'assistant'
    end) stored
);
create index lead_heads_last on lead_heads (last_at, lead_id);
create index lead_heads_queue on lead_heads (queue, last_at, lead_id);
create index lead_heads_responsible on lead_heads (responsible_user_id, queue, last_at, lead_id);
create index lead_heads_seller on lead_heads (seller_id, queue, last_at, lead_id) where seller_id is not null;
create index lead_heads_created on lead_heads (created_at);

-- What changed, for those who look at it now. Read in the order of the transactions that are over (`tx` below every running one), so
-- that nobody who goes on after an id misses what was committed later with a smaller one.
create table console_changes (
  id bigint generated always as identity,
  tx xid8 not null default pg_current_xact_id(),
  lead_id bigint not null,
  kind text not null,
  at timestamptz not null default now(),
  primary key (tx, id)
);
create index console_changes_old on console_changes (at);

create function note_change() returns trigger language plpgsql as $$
begin
  insert into console_changes (lead_id, kind) select distinct lead_id, tg_argv[0] from changed;
  return null;
end $$;

create function follow_lead() returns trigger language plpgsql as $$
begin
  insert into lead_heads as h (lead_id, created_at, control, control_source, stage, is_closed, responsible_user_id, last_at, qualified_at)
  select id, created_at, control, control_source, stage,
         stage in ('won', 'lost') or opted_out_at is not null or card_gone_at is not null, responsible_user_id, created_at,
         case when stage in ('qualified', 'booked', 'won') then now() end
  from changed
  on conflict (lead_id) do update set control = excluded.control, control_source = excluded.control_source, stage = excluded.stage,
    is_closed = excluded.is_closed, responsible_user_id = excluded.responsible_user_id,
    qualified_at = coalesce(h.qualified_at, excluded.qualified_at)
  where (h.control, h.control_source, h.stage, h.is_closed, h.responsible_user_id)
    is distinct from (excluded.control, excluded.control_source, excluded.stage, excluded.is_closed, excluded.responsible_user_id);
  insert into console_changes (lead_id, kind) select distinct id, 'lead' from changed;
  return null;
end $$;

create function follow_message() returns trigger language plpgsql as $$
begin
  update lead_heads h set
    last_message_id = n.id, last_direction = n.direction, last_at = greatest(h.last_at, n.at),
    unanswered_since = case when n.direction = 'in' then coalesce(h.unanswered_since, n.at) end,
    replied_at = coalesce(h.replied_at, n.heard_at), contacted_at = coalesce(h.contacted_at, n.sent_at)
  from (
    select distinct on (lead_id) lead_id, id, direction, coalesce(sent_at, created_at) as at,
      min(coalesce(sent_at, created_at)) filter (where direction = 'in') over (partition by lead_id) as heard_at,
      min(sent_at) filter (where direction = 'out') over (partition by lead_id) as sent_at
    from changed order by lead_id, id desc) n
  where h.lead_id = n.lead_id and n.id > coalesce(h.last_message_id, 0);
  insert into console_changes (lead_id, kind) select distinct lead_id, 'message' from changed;
  return null;
end $$;

-- A message of ours is known to have arrived only after it was written down.
create function follow_delivery() returns trigger language plpgsql as $$
begin
  update lead_heads h set contacted_at = n.sent_at
  from (select lead_id, min(sent_at) as sent_at from changed where direction = 'out' and sent_at is not null group by lead_id) n
  where h.lead_id = n.lead_id and h.contacted_at is null;
  insert into console_changes (lead_id, kind) select distinct lead_id, 'message' from changed;
  return null;
end $$;

create function follow_turn() returns trigger language plpgsql as $$
begin
  update lead_heads h set offered_at = n.at
  from (select lead_id, min(decided_at) as at from changed where jsonb_array_length(decision -> 'offers') > 0
          and decision -> 'sales' ->> 'action' in ('offer_times', 'book', 'move') group by lead_id) n
  where h.lead_id = n.lead_id and h.offered_at is null;
  insert into console_changes (lead_id, kind) select distinct lead_id, 'turn' from changed;
  return null;
end $$;

create function follow_meeting() returns trigger language plpgsql as $$
begin
  update lead_heads h set seller_id = n.seller_id, booked_at = coalesce(h.booked_at, n.booked_at)
  from (select distinct on (lead_id) lead_id, seller_id, min(booked_at) over (partition by lead_id) as booked_at
          from changed order by lead_id, id desc) n
  where h.lead_id = n.lead_id
    and (h.seller_id is distinct from n.seller_id or (h.booked_at is null and n.booked_at is not null));
  insert into console_changes (lead_id, kind) select distinct lead_id, 'meeting' from changed;
  return null;
end $$;

/* Makes lead_heads out of the other tables: for leads that were there before it. */
create function rebuild_lead_heads() returns void language sql as $$
  insert into lead_heads (lead_id, created_at, control, control_source, stage, is_closed, responsible_user_id, seller_id, last_message_id,
                          last_direction, last_at, unanswered_since, contacted_at, replied_at, qualified_at, offered_at, booked_at)
  select l.id, l.created_at, l.control, l.control_source, l.stage,
    l.stage in ('won', 'lost') or l.opted_out_at is not null or l.card_gone_at is not null, l.responsible_user_id, e.seller_id,
    newest.id, newest.direction, coalesce(newest.at, l.created_at), case when newest.direction = 'in' then newest.at end,
    m.contacted_at, m.replied_at, case when l.stage in ('qualified', 'booked', 'won') then l.stage_since end, t.offered_at, b.booked_at
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
  on conflict (lead_id) do nothing
$$;

select rebuild_lead_heads();

create trigger console_leads_added after insert on leads referencing new table as changed for each statement execute function follow_lead();
create trigger console_leads_changed after update on leads referencing new table as changed for each statement execute function follow_lead();
create trigger console_messages_added after insert on messages referencing new table as changed for each statement execute function follow_message();
create trigger console_messages_changed after update on messages referencing new table as changed for each statement execute function follow_delivery();
create trigger console_turns_added after insert on turns referencing new table as changed for each statement execute function follow_turn();
create trigger console_turns_changed after update on turns referencing new table as changed for each statement execute function follow_turn();
create trigger console_meetings_added after insert on calendar_events referencing new table as changed for each statement execute function follow_meeting();
create trigger console_meetings_changed after update on calendar_events referencing new table as changed for each statement execute function follow_meeting();
create trigger console_outbox_added after insert on outbox referencing new table as changed for each statement execute function note_change('delivery');
create trigger console_outbox_changed after update on outbox referencing new table as changed for each statement execute function note_change('delivery');
create trigger console_notes_added after insert on lead_notes referencing new table as changed for each statement execute function note_change('note');

-- Names, phones and words are found by parts of them.
create index leads_search on leads using gin (
  lower(name || ' ' || coalesce(contact_name, '') || ' ' || coalesce(telegram_username, '') || ' ' || coalesce(phone, '') || ' ' || coalesce(email, ''))
  gin_trgm_ops);
create index messages_search on messages using gin (to_tsvector('russian', text));
-- How long answers take is counted over the newest of them.
create index turns_answered on turns (finished_at) where state = 'done' and kind = 'answer';
