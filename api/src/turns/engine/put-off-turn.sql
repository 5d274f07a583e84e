-- $1 turn, $2 lease, $3 ms until it is tried again, $4 reason.
update turns set lease_until = now() + make_interval(secs => $3::float8 / 1000), last_error = $4
where id = $1 and lease = $2 and state = 'running'
returning lead_id, attempts
