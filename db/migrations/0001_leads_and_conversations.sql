-- A lead is one amoCRM lead; its id is amoCRM's, so that people find it by the number they see.
create table leads (
  id bigint primary key,
  name text not null,
  contact_id bigint,
  contact_name text,
  phone text,
  email text,
  telegram_username text,
  telegram_user_id bigint,
  language text check (language in ('ru', 'en')),
  time_zone text,
  stage text not null default 'new' check (stage in ('new', 'contacted', 'qualified', 'booked', 'lost')),
  facts jsonb not null default '{}',
  pipeline_id bigint,
  status_id bigint,
  responsible_user_id bigint,
  control text not null default 'ai' check (control in ('ai', 'human', 'paused')),
  control_until timestamptz,
  control_by text,
  control_reason text,
  opted_out_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index leads_phone on leads (phone) where phone is not null;
create index leads_telegram_username on leads (lower(telegram_username)) where telegram_username is not null;

-- One conversation per lead and channel.
create table conversations (
  id bigint generated always as identity primary key,
  lead_id bigint not null references leads,
  channel text not null check (channel in ('telegram')),
  account_id text not null,
  -- The person's id in the channel; null until the person was found there.
  peer_id bigint,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (lead_id, channel)
);
create unique index conversations_peer on conversations (channel, account_id, peer_id) where peer_id is not null;

-- Each line, in or out, once.
create table messages (
  id bigint generated always as identity primary key,
  conversation_id bigint not null references conversations,
  lead_id bigint not null references leads,
  direction text not null check (direction in ('in', 'out')),
  author text not null check (author in ('lead', 'ai', 'human', 'system')),
  text text not null,
  -- The message's id in the channel; null while it waits in the outbox.
  channel_message_id bigint,
  turn_id bigint,
  -- When it was said, by the channel's clock; for ours, when it was delivered.
  sent_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index messages_channel_id on messages (conversation_id, channel_message_id)
  where channel_message_id is not null;
create index messages_lead on messages (lead_id, id);
