-- $1 this process, $2 how many more hooks. The oldest event that is due; when it is a hook of amoCRM, also the hooks behind it.
with first as (
  select id, source, attempts from inbox_events
  where state = 'received' and run_at <= now()
  order by id limit 1
  for update skip locked
), more as (
  select e.id from inbox_events e, first
  where first.source = 'amocrm' and e.source = 'amocrm' and e.state = 'received' and e.run_at <= now() and e.id > first.id
    -- One that failed before is understood alone: it must not hold up the others.
    and first.attempts < 2 and e.attempts < 2
  order by e.id limit $2
  for update of e skip locked
)
update inbox_events
set attempts = attempts + 1, claimed_by = $1, run_at = now() + make_interval(secs => least(300, 2 ^ least(attempts + 2, 10)))
where id in (select id from first union all select id from more)
returning id, source, body, attempts, exists (select from erasure_key) as may_be_erased
