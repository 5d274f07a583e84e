-- Whoever wants to be told in a browser or on a phone, also while the console is closed: one row for each of their devices.

create table push_subscriptions (
  id bigint generated always as identity primary key,
  user_id bigint not null references console_users (id) on delete cascade,
  -- Where the browser's own push service takes messages for it.
  endpoint text not null unique,
  p256dh text not null,
  auth text not null,
  language text not null check (language in ('ru', 'en')),
  created_at timestamptz not null default now()
);
create index push_subscriptions_user on push_subscriptions (user_id);

-- One alert for one device.
create table push_notices (
  id bigint generated always as identity primary key,
  alert_id bigint not null references alerts (id) on delete cascade,
  subscription_id bigint not null references push_subscriptions (id) on delete cascade,
  state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'dropped', 'dead')),
  attempts integer not null default 0,
  run_at timestamptz not null default now(),
  lease_until timestamptz,
  last_error text,
  finished_at timestamptz,
  unique (alert_id, subscription_id)
);
create index push_notices_due on push_notices (coalesce(lease_until, run_at)) where state in ('pending', 'sending');
create index push_notices_subscription on push_notices (subscription_id);
