-- $1 turn, $2 fencing number. The running turn that this lease still owns, locked until the transaction ends.
select id, lead_id, kind, fencing, attempts, refusals, seen_message_id, seen_at, decision, is_suggestion,
  trace -> 'hidden' as hidden
from turns where id = $1 and fencing = $2 and state = 'running'
for update
