-- $1 seconds: for each work, whether some became due within them, and in how many ms the next is. Two looks at an index each, so that what
-- is due and may not run yet (its account is away, its lead's turn is running) does not hide what comes after it.
select 'inbox' as work,
  exists (select from inbox_events where state = 'received' and run_at <= now() and run_at > now() - make_interval(secs => $1)) as due,
  extract(epoch from (select min(run_at) from inbox_events where state = 'received' and run_at > now()) - now())::float8 * 1000 as next_ms
union all
select 'turns',
  exists (select from turns where state = 'pending' and run_at <= now() and run_at > now() - make_interval(secs => $1))
    or exists (select from turns where state = 'running' and lease_until <= now() and lease_until > now() - make_interval(secs => $1)),
  extract(epoch from least(
    (select min(run_at) from turns where state = 'pending' and run_at > now()),
    (select min(lease_until) from turns where state = 'running' and lease_until > now())) - now())::float8 * 1000
union all
select channel,
  exists (select from outbox o where o.channel = c.channel and o.state in ('pending', 'sending')
    and o.run_at <= now() and o.run_at > now() - make_interval(secs => $1)
    and (o.state = 'pending' or o.lease_until <= now())),
  extract(epoch from (select min(run_at) from outbox o where o.channel = c.channel and o.state in ('pending', 'sending') and o.run_at > now())
    - now())::float8 * 1000
from unnest(array['telegram', 'amocrm']) as c (channel)
union all
select 'files',
  exists (select from message_files where state = 'pending' and run_at <= now() and run_at > now() - make_interval(secs => $1)),
  extract(epoch from (select min(run_at) from message_files where state = 'pending' and run_at > now()) - now())::float8 * 1000
union all
select 'notices',
  exists (select from alert_notices where state in ('pending', 'sending') and coalesce(lease_until, run_at) <= now()
    and coalesce(lease_until, run_at) > now() - make_interval(secs => $1)),
  extract(epoch from (select min(coalesce(lease_until, run_at)) from alert_notices
    where state in ('pending', 'sending') and coalesce(lease_until, run_at) > now()) - now())::float8 * 1000
union all
select 'pushes',
  exists (select from push_notices where state in ('pending', 'sending') and coalesce(lease_until, run_at) <= now()
    and coalesce(lease_until, run_at) > now() - make_interval(secs => $1)),
  extract(epoch from (select min(coalesce(lease_until, run_at)) from push_notices
    where state in ('pending', 'sending') and coalesce(lease_until, run_at) > now()) - now())::float8 * 1000
union all
select 'webhooks',
  exists (select from webhook_deliveries where state in ('pending', 'sending') and coalesce(lease_until, run_at) <= now()
    and coalesce(lease_until, run_at) > now() - make_interval(secs => $1)),
  extract(epoch from (select min(coalesce(lease_until, run_at)) from webhook_deliveries
    where state in ('pending', 'sending') and coalesce(lease_until, run_at) > now()) - now())::float8 * 1000
union all
select 'snoozed',
  exists (select from leads where snoozed_until is not null and snoozed_until <= now() and snoozed_until > now() - make_interval(secs => $1)),
  extract(epoch from (select min(snoozed_until) from leads where snoozed_until is not null and snoozed_until > now()) - now())::float8 * 1000
