-- $1 lead, $2 kind. What it waited for is there: the lead's pending turn of this kind is due now.
update turns set run_at = now() where lead_id = $1 and kind = $2 and state = 'pending' and run_at > now()
