-- $1 turn, $2 fencing number, $3 ms until it is looked at again, $4 reason, $5 the service that it waits for, $6 how many
-- tries were none. What is not decided is
-- pending again, so that newer messages join it, and superseded when a newer turn is there already; what is decided stays running.
update turns t set
  state = case when t.decision is not null then 'running' when newer.is_there then 'superseded' else 'pending' end,
  finished_at = case when t.decision is null and newer.is_there then now() end,
  run_at = case when t.decision is null then now() + make_interval(secs => $3::float8 / 1000) else t.run_at end,
  lease_until = case when t.decision is not null then now() + make_interval(secs => $3::float8 / 1000) end,
  claimed_by = null, attempts = greatest(0, t.attempts - $6::int), last_error = $4, held_by = $5
from (select exists (
  select from turns p join turns me on me.id = $1 where p.lead_id = me.lead_id and p.state = 'pending') as is_there) newer
where t.id = $1 and t.fencing = $2 and t.state = 'running'
