-- What came from outside, raw, before anybody understood it. Deduplicated by the key its source gives it.
create table inbox_events (
  id bigint generated always as identity primary key,
  source text not null,
  dedupe_key text not null,
  content_type text,
  body bytea not null,
  state text not null default 'received' check (state in ('received', 'processed', 'unreadable', 'failed')),
  reason text,
  attempts int not null default 0,
  run_at timestamptz not null default now(),
  received_at timestamptz not null default now(),
  processed_at timestamptz,
  unique (source, dedupe_key)
);
create index inbox_events_due on inbox_events (run_at, id) where state = 'received';

-- One piece of thinking about one lead. See api/src/turns/engine/README.md for the states.
create table turns (
  id bigint generated always as identity primary key,
  lead_id bigint not null references leads,
  kind text not null check (kind in ('first_touch', 'answer', 'follow_up', 'reminder', 'no_show')),
  state text not null default 'pending'
    check (state in ('pending', 'running', 'done', 'superseded', 'cancelled', 'failed')),
  run_at timestamptz not null,
  first_event_at timestamptz not null default now(),
  -- Fencing number: grows with each dispatch; whoever holds an older one is too late.
  lease bigint not null default 0,
  lease_until timestamptz,
  attempts int not null default 0,
  refusals int not null default 0,
  -- The newest message that this turn took into account when it was dispatched.
  seen_message_id bigint,
  -- The journal: what was decided, stored before any effect.
  decision jsonb,
  decided_at timestamptz,
  -- Which request to Google was asked for last; its answer is awaited.
  calendar_step text,
  trace jsonb not null default '{}',
  last_error text,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create unique index turns_one_pending on turns (lead_id) where state = 'pending';
create unique index turns_one_running on turns (lead_id) where state = 'running';
create index turns_due on turns (run_at) where state = 'pending';
create index turns_lease on turns (lease_until) where state = 'running';
create index turns_lead on turns (lead_id, id);

-- What goes out to Telegram and amoCRM, in order per lead and channel, once per key.
create table outbox (
  id bigint generated always as identity primary key,
  lead_id bigint not null references leads,
  turn_id bigint references turns,
  channel text not null check (channel in ('telegram', 'amocrm')),
  payload jsonb not null,
  idempotency_key text not null unique,
  state text not null default 'pending' check (state in ('pending', 'sending', 'done', 'cancelled', 'dead')),
  run_at timestamptz not null default now(),
  lease bigint not null default 0,
  lease_until timestamptz,
  attempts int not null default 0,
  result jsonb,
  last_error text,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index outbox_open on outbox (lead_id, channel, id) where state in ('pending', 'sending');
create index outbox_due on outbox (run_at, id) where state in ('pending', 'sending');

create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  lead_id bigint,
  turn_id bigint,
  details jsonb not null default '{}'
);
create index audit_log_lead on audit_log (lead_id, id);
