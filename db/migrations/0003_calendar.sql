create extension if not exists btree_gist;

-- The people whose calendars are booked, from config/business.yaml.
create table sellers (
  id text primary key,
  name jsonb not null,
  calendar_id text not null,
  time_zone text not null,
  active boolean not null default true,
  updated_at timestamptz not null default now()
);

-- A time given to a lead. held -> booking (Google is being asked) -> booked; or released, expired, cancelled.
create table calendar_events (
  id bigint generated always as identity primary key,
  lead_id bigint not null references leads,
  seller_id text not null references sellers,
  turn_id bigint references turns,
  status text not null default 'held'
    check (status in ('held', 'booking', 'booked', 'cancelled', 'released', 'expired')),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- With buffers. A column of its own, because an exclusion constraint cannot compute it.
  blocked tstzrange not null,
  hold_until timestamptz,
  -- Where the meeting was before a move that Google has not confirmed yet.
  previous_starts_at timestamptz,
  previous_ends_at timestamptz,
  calendar_id text not null,
  google_event_id text not null unique,
  etag text,
  meet_link text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint calendar_events_no_overlap exclude using gist (seller_id with =, blocked with &&)
    where (status in ('held', 'booking', 'booked'))
);
create index calendar_events_lead on calendar_events (lead_id, id);
