-- $1 turn, $2 fencing number. n8n has it now: the death of this process no longer means anything for it.
update turns set claimed_by = null where id = $1 and fencing = $2 and state = 'running'
