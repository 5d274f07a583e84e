-- $1 turn, $2 fencing number, $3 instant. A claimed turn that may not run yet is pending again. When a newer pending turn is there
-- already, this one is superseded.
update turns t set
  state = case when newer.is_there then 'superseded' else 'pending' end,
  finished_at = case when newer.is_there then now() end,
  run_at = $3, lease_until = null, claimed_by = null, attempts = t.attempts - 1
from (select exists (
  select from turns p join turns me on me.id = $1 where p.lead_id = me.lead_id and p.state = 'pending') as is_there) newer
where t.id = $1 and t.fencing = $2 and t.state = 'running'
