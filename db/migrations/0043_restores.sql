-- A backup was restored: of what happened between the dump and the restore the outside world knows more than this database.
create table restores (
  id bigint generated always as identity primary key,
  file text not null,
  dumped_at timestamptz not null,
  restored_at timestamptz not null,
  -- Until then nothing is said, thought or written: what happened in between is being read.
  settled_at timestamptz,
  -- Whether restore_sends has all that the assistant said in that time: then other words of an account are a human's.
  old_was_read boolean not null default false
);

-- What was found of that time. `message`, `meeting`: taken as the assistant's own; `check`: a person should look; `unknown`: ours by
-- its marks, of a lead that we do not know.
create table restore_findings (
  restore_id bigint not null references restores (id) on delete cascade,
  kind text not null check (kind in ('message', 'meeting', 'check', 'unknown')),
  -- What it is about, so that finding it again changes nothing.
  ref text not null,
  lead_id bigint references leads (id) on delete cascade,
  message_id bigint references messages (id) on delete cascade,
  detail text not null,
  at timestamptz not null default now(),
  primary key (restore_id, kind, ref)
);
create index restore_findings_lead on restore_findings (lead_id) where lead_id is not null;
create index restore_findings_message on restore_findings (message_id) where message_id is not null;

-- What the database that was replaced knew of messages of ours in that time, where it could still be read.
create table restore_sends (
  account_id text not null,
  peer_id bigint not null,
  message_id bigint not null,
  author text not null,
  restore_id bigint not null references restores (id) on delete cascade,
  primary key (account_id, peer_id, message_id)
);
create index restore_sends_restore on restore_sends (restore_id);
