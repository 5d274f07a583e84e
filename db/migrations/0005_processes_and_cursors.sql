-- Which process took a row. A process holds an advisory lock on its id while it lives; the rows of one whose lock is free are
-- taken over at once instead of after their lease.
alter table turns add column claimed_by uuid;
alter table outbox add column claimed_by uuid;
alter table inbox_events add column claimed_by uuid;

-- How far a poll of an outside system has read.
create table cursors (
  name text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now()
);
