-- A second factor for those who want it: one-time passwords of the time (RFC 6238), and recovery codes for a lost phone.

alter table console_users
  add column totp_sealed bytea,
  add column totp_key_id text,
  -- Null: shown and not confirmed yet.
  add column totp_since timestamptz,
  -- No code counts twice.
  add column totp_last_step bigint not null default 0;

create table console_recovery_codes (
  user_id bigint not null references console_users (id) on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);
