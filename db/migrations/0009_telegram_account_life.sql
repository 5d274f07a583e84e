-- Which key a secret is sealed with; null: sealed before keys had names.
alter table telegram_sessions add column key_id text;

alter table telegram_accounts
  -- Whether it shall be connected at all: the actions start and stop.
  add column enabled boolean not null default true,
  -- The process that is connected with it; null after it was given up in order.
  add column held_by uuid,
  -- The warm-up is counted from here.
  add column first_online_at timestamptz,
  -- A login that waits for its code, so that a restart in between does not lose it. Never the code itself.
  add column login jsonb;

-- What an account may not do until when, because Telegram said so.
create table telegram_pauses (
  account_id text not null references telegram_accounts,
  kind text not null check (kind in ('send', 'new_dialog', 'lookup')),
  until timestamptz not null,
  reason text not null,
  primary key (account_id, kind)
);

-- What counts against an account's pace.
create table telegram_actions (
  id bigint generated always as identity primary key,
  account_id text not null references telegram_accounts,
  kind text not null check (kind in ('send', 'lookup', 'login_code')),
  peer_id bigint,
  at timestamptz not null
);
create index telegram_actions_kind on telegram_actions (account_id, kind, at);

-- When a conversation that we begin is begun. One row per conversation: whoever has a row waits for its time, whatever restarts.
create table telegram_dialogs (
  conversation_id bigint primary key references conversations,
  account_id text not null references telegram_accounts,
  planned_at timestamptz not null,
  -- Null until its first message was let out.
  started_at timestamptz
);
create index telegram_dialogs_account on telegram_dialogs (account_id, (coalesce(started_at, planned_at)));

-- Switches that people turn, for all processes at once.
create table switches (
  name text primary key check (name in ('telegram_halted')),
  is_on boolean not null,
  by text not null,
  reason text,
  changed_at timestamptz not null default now()
);

-- The username of the card that nobody has in Telegram: not looked up again.
alter table conversations add column username_missed text;

-- A long text goes as several messages in the channel: the ids of the further ones.
alter table messages add column part_message_ids bigint[] not null default '{}';
