-- The OAuth tokens of the amoCRM integration, encrypted with APP_KEY. A refresh token works once: whoever renews locks the row.
create table amocrm_tokens (
  id text primary key,
  -- Grows with each renewal: a token of an older version was replaced already.
  version int not null default 0,
  -- Null: there is none, or it was revoked.
  sealed bytea,
  expires_at timestamptz,
  -- Hash of the code or refresh token of the settings that these tokens began with: another one there begins anew.
  seed_hash text not null,
  revoked_reason text,
  updated_at timestamptz not null default now()
);
