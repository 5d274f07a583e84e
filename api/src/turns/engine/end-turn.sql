-- $1 turn, $2 fencing number, $3 state, $4 reason or null.
update turns set state = $3, finished_at = now(), lease_until = null, held_by = null, last_error = coalesce($4, last_error)
where id = $1 and fencing = $2 and state = 'running'
returning lead_id
