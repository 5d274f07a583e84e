-- $1 gap between two requests in ms, $2 how long a probe may take in ms. Takes the next place, or the one probe after a hold, or
-- says how long the hold still lasts. The row's lock puts the processes in a line.
with gate as (
  select *, clock_timestamp() as at from amocrm_gate where id = 'main' for update
)
update amocrm_gate g
set next_at = case when gate.held_until is null
                   then greatest(gate.next_at, gate.at) + make_interval(secs => $1::float8 / 1000)
                   else gate.next_at end,
    held_until = case when gate.held_until <= gate.at
                      then gate.at + make_interval(secs => $2::float8 / 1000)
                      else gate.held_until end
from gate
where g.id = gate.id
returning
  case when gate.held_until is null then 'go'
       when gate.held_until <= gate.at then 'probe'
       else 'held' end as answer,
  case when gate.held_until is null
       then greatest(0, extract(epoch from gate.next_at - gate.at) * 1000)::float8
       else greatest(0, extract(epoch from gate.held_until - gate.at) * 1000)::float8 end as wait_ms,
  gate.held_kind, gate.held_detail
