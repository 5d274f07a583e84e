-- What the card says of the request: title, where it came from, what the form asked and was answered.
alter table leads add column card jsonb not null default '{}';

-- Each thing that was learned of a lead's case, in the order it was learned. The newest of a name is in leads.facts; what it
-- took the place of stays here.
create table lead_facts (
  id bigint generated always as identity primary key,
  lead_id bigint not null references leads (id) on delete cascade,
  name text not null,
  value text not null,
  -- The sentence it stands in, and the message. A fact of the card has none.
  sentence text,
  message_id bigint references messages (id) on delete set null,
  source text not null check (source in ('said', 'card')),
  learned_at timestamptz not null default now(),
  replaced_at timestamptz
);
create index lead_facts_lead on lead_facts (lead_id, id);
create index lead_facts_message on lead_facts (message_id) where message_id is not null;
create unique index lead_facts_current on lead_facts (lead_id, name) where replaced_at is null;
