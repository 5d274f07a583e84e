-- A human blocks a person; answers that were wrong, with the right ones; searches that are used again.

alter table leads drop constraint leads_opted_out_source_check;
alter table leads add constraint leads_opted_out_source_check
  check (opted_out_source in ('words', 'classifier', 'command', 'blocked', 'tag', 'other_lead', 'operator'));

-- One for each message that was marked: what the assistant knew, what it said, and what would have been right.
create table evaluation_cases (
  id bigint generated always as identity primary key,
  lead_id bigint not null references leads (id),
  message_id bigint not null unique references messages (id),
  turn_id bigint references turns (id),
  said text not null,
  right_answer text not null,
  comment text,
  -- What was said before, facts, stage, language and the decision, as they were when it was marked.
  context jsonb not null,
  marked_by text not null,
  created_at timestamptz not null default now()
);
create index evaluation_cases_lead on evaluation_cases (lead_id);
create index evaluation_cases_turn on evaluation_cases (turn_id) where turn_id is not null;

create table console_filters (
  id bigint generated always as identity primary key,
  user_id bigint not null references console_users (id) on delete cascade,
  name text not null,
  queue text not null,
  search text not null,
  created_at timestamptz not null default now()
);
create index console_filters_user on console_filters (user_id, id);
