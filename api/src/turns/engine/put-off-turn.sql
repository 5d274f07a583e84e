-- $1 turn, $2 fencing number, $3 ms until it is tried again, $4 reason, $5 whether this try counts.
update turns set lease_until = now() + make_interval(secs => $3::float8 / 1000), last_error = $4, claimed_by = null, n8n_process = null,
  attempts = attempts - case when $5 then 0 else 1 end
where id = $1 and fencing = $2 and state = 'running'
returning lead_id, attempts
