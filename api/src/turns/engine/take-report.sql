-- $1 turn, $2 fencing number, $3 execution of n8n, $4 process of n8n, $5 lease of a step in ms, $6 workflow of the execution. The execution that has the turn has reported,
-- and has it for its next step. Written when that is news, or the lease runs down: not at each of a row of quick reports.
with turn as (
  select id, lead_id, fencing = $2 and state = 'running' as is_ours, fencing = $2 and execution_id is distinct from $3 as is_first
  from turns where id = $1
), renewed as (
  update turns t set execution_id = $3, n8n_process = $4, workflow_id = $6,
    lease_until = case when t.state = 'running' and t.held_by is null then now() + make_interval(secs => $5::float8 / 1000) else t.lease_until end
  from turn where t.id = turn.id and t.fencing = $2 and $3 is not null
    and (t.execution_id is distinct from $3 or t.n8n_process is distinct from $4
         or (t.state = 'running' and t.lease_until < now() + make_interval(secs => $5::float8 / 1500)))
)
select lead_id, is_ours, is_first, is_first and exists (select from outages where service = 'n8n') as was_away from turn
