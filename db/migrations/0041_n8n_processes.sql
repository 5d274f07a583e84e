-- A death of n8n is noticed: each of its processes holds a connection to the API, and each turn knows the process that thinks about it.

create table n8n_processes (
  id uuid primary key,
  -- The API process that has the connection, or had it last.
  held_by uuid not null,
  -- The connection is gone: unless it is back by then, the turns of this process are dispatched again.
  lapses_at timestamptz
);

alter table turns add column n8n_process uuid;
