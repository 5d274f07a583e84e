-- Other systems that are told what happens to leads, and what waits to be told to them.

create table webhooks (
  id bigint generated always as identity primary key,
  url text not null,
  -- Which types of contract/src/events.ts it wants.
  events text[] not null,
  secret text not null,
  created_at timestamptz not null default now(),
  created_by text not null,
  -- Since when, and why, nothing is sent any more: whoever was called said that it is gone.
  stopped_at timestamptz,
  stopped_reason text
);

create table webhook_deliveries (
  id bigint generated always as identity primary key,
  webhook_id bigint not null references webhooks (id) on delete cascade,
  -- Null: a test.
  lead_id bigint references leads (id) on delete cascade,
  type text not null,
  data jsonb not null,
  state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'dead')),
  attempts integer not null default 0,
  created_at timestamptz not null default now(),
  run_at timestamptz not null default now(),
  lease_until timestamptz,
  last_error text,
  finished_at timestamptz
);
create index webhook_deliveries_due on webhook_deliveries (coalesce(lease_until, run_at)) where state in ('pending', 'sending');
create index webhook_deliveries_of on webhook_deliveries (webhook_id, id);
create index webhook_deliveries_dead on webhook_deliveries (webhook_id, id) where state = 'dead';
create index webhook_deliveries_lead on webhook_deliveries (lead_id) where lead_id is not null;
create index webhook_deliveries_sent on webhook_deliveries (finished_at) where state = 'sent';

-- Keys that a person of the console gives to programs of theirs; only the hash is kept.
create table api_tokens (
  id bigint generated always as identity primary key,
  user_id bigint not null references console_users (id) on delete cascade,
  name text not null,
  token_hash bytea not null unique,
  scope text not null check (scope in ('read', 'work')),
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  used_at timestamptz
);
create index api_tokens_user on api_tokens (user_id);
