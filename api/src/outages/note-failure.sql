-- $1 service, $2 reason, $3 ms until it is asked again, $4 whether it counts as away at once. What failed long ago and not since is forgotten,
-- unless it counts as away.
insert into outages as o (service, reason, probe_at)
values ($1, $2, case when $4 then now() + make_interval(secs => $3::float8 / 1000) end)
on conflict (service) do update
set failures = case when o.probe_at is not null or o.failed_at > now() - interval '10 minutes' then o.failures + 1 else 1 end,
    since = case when o.probe_at is not null or o.failed_at > now() - interval '10 minutes' then o.since else now() end,
    probe_at = case when $4 or o.probe_at is not null or o.failed_at > now() - interval '10 minutes'
      then now() + make_interval(secs => $3::float8 / 1000) end,
    failed_at = now(),
    reason = excluded.reason
returning probe_at is not null as away
