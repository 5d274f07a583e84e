-- The one gate to amoCRM for all processes: when the next request may go, and whether nobody may ask at all.
create table amocrm_gate (
  id text primary key,
  next_at timestamptz not null default '-infinity',
  -- Nobody asks until then; after that one process tries first. Null: open.
  held_until timestamptz,
  held_since timestamptz,
  held_kind text check (held_kind in ('rate', 'forbidden', 'unauthorized', 'unpaid')),
  held_detail text,
  -- How often the try failed: the waits grow with it.
  held_step int not null default 0,
  updated_at timestamptz not null default now()
);
insert into amocrm_gate (id) values ('main');
