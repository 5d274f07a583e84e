-- $1 how many may run at once, $2 lease in ms, $3 this process. Takes due turns, and running ones whose lease lapsed.
-- What waits for a service takes no place. A lead has one running turn: a pending one waits for it. `skip locked` lets several processes
-- share the work. `was_silent`: n8n had it, and no execution of n8n ever said a word about it.
with due as (
  select id, state = 'running' and attempts > 0 and execution_id is null and claimed_by is null and held_by is null as was_silent
  from turns t
  where (t.state = 'running' and t.lease_until <= now())
     or (t.state = 'pending' and t.run_at <= now()
         and not exists (select from turns r where r.lead_id = t.lead_id and r.state = 'running'))
  order by coalesce(t.lease_until, t.run_at)
  limit greatest(0, $1 - (select count(*) from turns where state = 'running' and lease_until > now() and held_by is null))
  for update skip locked
)
update turns t
set state = 'running',
    fencing = t.fencing + 1,
    attempts = t.attempts + 1,
    lease_until = now() + make_interval(secs => $2::float8 / 1000),
    claimed_by = $3,
    execution_id = null,
    n8n_process = null,
    held_by = null
from due where t.id = due.id
returning t.id, t.lead_id, t.kind, t.fencing, t.attempts, t.decision, t.last_error, t.is_suggestion, due.was_silent
