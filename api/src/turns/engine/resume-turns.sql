-- $1 services that are back. What waits for one of them is due now.
update turns set
  run_at = case when state = 'pending' then now() else run_at end,
  lease_until = case when state = 'running' then now() else lease_until end,
  held_by = null
where held_by = any($1)
