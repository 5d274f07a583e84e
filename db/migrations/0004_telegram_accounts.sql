create table telegram_accounts (
  id text primary key,
  phone text,
  user_id bigint,
  state text not null default 'need_login' check (state in (
    'disabled', 'need_login', 'code_sent', 'need_password', 'qr_pending', 'connecting', 'online',
    'limited', 'frozen', 'logged_out', 'banned', 'error')),
  state_detail text,
  updated_at timestamptz not null default now()
);

-- The client's session, value by value. Auth keys are encrypted: whoever has one has the account.
create table telegram_sessions (
  account_id text not null references telegram_accounts,
  kind text not null check (kind in ('kv', 'auth_key', 'temp_key', 'peer', 'ref')),
  key text not null,
  value bytea not null,
  primary key (account_id, kind, key)
);
