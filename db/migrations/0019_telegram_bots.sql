-- One-time tokens of the links by which a lead begins a conversation. The link may be passed on: the first who uses it is the lead.
create table telegram_start_tokens (
  token text primary key,
  lead_id bigint not null references leads (id),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by bigint
);
create index telegram_start_tokens_lead on telegram_start_tokens (lead_id);

-- What a bot sent or was about to send. Bots have no id of ours for a message: one that may have gone is never sent again.
create table telegram_sends (
  key text primary key,
  account_id text not null,
  peer_id bigint not null,
  state text not null check (state in ('sending', 'sent')),
  message_id bigint,
  sent_at timestamptz,
  created_at timestamptz not null default now()
);

-- The accounts that made our bot their secretary.
create table telegram_business_connections (
  id text primary key,
  user_id bigint not null,
  username text,
  can_reply boolean not null,
  can_read boolean not null,
  enabled boolean not null,
  connected_at timestamptz not null,
  updated_at timestamptz not null default now()
);
create index telegram_business_connections_user on telegram_business_connections (user_id, connected_at);
