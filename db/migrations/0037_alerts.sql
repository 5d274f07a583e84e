-- What people are told of at once: one open alert per cause, and a notice of it per channel.

create table alerts (
  id bigint generated always as identity primary key,
  -- What it is about, the same as long as it lasts: `hand-off:501`, `integration:amocrm`.
  cause text not null,
  kind text not null check (kind in ('hand_off', 'dead_letter', 'integration', 'provider')),
  lead_id bigint references leads (id) on delete cascade,
  -- Who or what: the name of a lead, of an integration, of a channel.
  subject text not null,
  detail text,
  count integer not null default 1,
  raised_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  resolved_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text
);
create unique index alerts_open on alerts (cause) where resolved_at is null;
create index alerts_lead on alerts (lead_id) where lead_id is not null;
create index alerts_resolved on alerts (resolved_at) where resolved_at is not null;

create table alert_notices (
  id bigint generated always as identity primary key,
  alert_id bigint not null references alerts (id) on delete cascade,
  channel text not null check (channel in ('telegram', 'email', 'webhook')),
  event text not null check (event in ('raised', 'resolved')),
  state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'dropped', 'dead')),
  attempts integer not null default 0,
  run_at timestamptz not null default now(),
  lease_until timestamptz,
  last_error text,
  finished_at timestamptz,
  unique (alert_id, channel, event)
);
create index alert_notices_due on alert_notices (coalesce(lease_until, run_at)) where state in ('pending', 'sending');
create index alert_notices_newest on alert_notices (channel, id);

-- Whom the assistant handed over lately.
create index leads_handed_over on leads (control_since)
  where control = 'human' and control_source in ('decision', 'failure', 'loop');
