-- $1 how long n8n may be silent about a turn after a process of it died, in ms, $2 lease in ms. For each process of n8n that did not come back
-- in its time: what its executions had is due now, and so is what n8n was given and no execution has spoken of yet.
with gone as (delete from n8n_processes where lapses_at <= now() returning id)
update turns t set lease_until = now(), n8n_process = null
where t.state = 'running' and t.held_by is null and t.claimed_by is null and t.lease_until > now()
  and (t.n8n_process in (select id from gone)
       or (exists (select from gone) and t.execution_id is null and t.attempts > 0
           and t.lease_until <= now() + make_interval(secs => ($2::float8 - $1) / 1000)))
