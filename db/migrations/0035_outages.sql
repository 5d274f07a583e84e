-- Who is away, what each call of a model came to, and which execution of n8n thought about a turn.

-- A row is there while a service fails; its first success takes it away.
create table outages (
  service text primary key,
  -- In a row.
  failures integer not null default 1,
  since timestamptz not null default now(),
  failed_at timestamptz not null default now(),
  reason text not null,
  -- Set while the service counts as away: nothing is asked of it before, and then by one.
  probe_at timestamptz,
  alerted_at timestamptz,
  alert_lead_id bigint references leads (id)
);
create index outages_lead on outages (alert_lead_id) where alert_lead_id is not null;

create table model_calls (
  id bigint generated always as identity primary key,
  turn_id bigint not null references turns (id),
  fencing integer not null,
  step text not null,
  vendor text not null,
  model text not null,
  outcome text not null,
  reason text,
  ms integer not null,
  input_tokens integer,
  cached_tokens integer,
  output_tokens integer,
  -- By config/models.yaml as it was then; null: the price or the tokens are not known.
  cost_usd numeric(12, 6),
  at timestamptz not null default now()
);
create index model_calls_turn on model_calls (turn_id);
create index model_calls_at on model_calls (at);

alter table turns
  -- Of n8n.
  add column execution_id text,
  -- The service that it waits for.
  add column held_by text,
  -- What was decided here was not done: business.yaml, `mode: shadow`.
  add column is_shadow boolean not null default false;
create index turns_failed_id on turns (id) where state = 'failed';
create index turns_shadow on turns (id) where is_shadow;
-- Only these are worked in the mode `guests`.
alter table leads add column has_guest_tag boolean not null default false;
create index turns_held on turns (held_by) where held_by is not null;
