-- Who had their data erased: what was erased, in numbers, and nothing of the person.
create table erasures (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  by text not null,
  -- What, where, how many, and the hash.
  proof jsonb not null,
  -- How often something of this person came from outside afterwards and was turned away.
  turned_away int not null default 0,
  turned_away_at timestamptz
);

-- By which they are known again: keyed hashes of ids, phones and usernames. Without the key nobody is found by them.
create table erased_marks (
  mark bytea primary key,
  erasure_id bigint not null references erasures on delete cascade
);
create index erased_marks_erasure on erased_marks (erasure_id);

-- The key of these hashes, sealed with APP_KEY.
create table erasure_key (
  id text primary key check (id = 'main'),
  sealed bytea not null,
  key_id text not null
);

create index leads_continues on leads (continues_lead_id) where continues_lead_id is not null;
