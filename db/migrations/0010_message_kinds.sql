alter table messages add column kind text not null default 'text';
-- What the kind says beside the text: duration, file name, size, the contact's name and phone.
alter table messages add column media jsonb;
-- The channel's id of the message that this one answers.
alter table messages add column reply_to bigint;
alter table messages add column edited_at timestamptz;
-- The words before the first edit.
alter table messages add column original_text text;
alter table messages add column deleted_at timestamptz;

-- Voice messages, photos and files of leads, fetched after the message itself was kept.
create table message_files (
  message_id bigint primary key references messages,
  state text not null default 'pending' check (state in ('pending', 'stored', 'too_large', 'gone')),
  content bytea,
  mime_type text,
  transcript text,
  attempts int not null default 0,
  run_at timestamptz not null default now(),
  last_error text
);
create index message_files_pending on message_files (run_at) where state = 'pending';

-- When the lead was told that an assistant writes, and when they went on writing after that.
alter table leads add column disclosed_at timestamptz;
alter table leads add column consented_at timestamptz;
