-- $1 turn, $2 fencing number. The running turn that this lease still owns and its lead, both locked until the transaction ends: the lead first.
with lead as materialized (
  select * from leads where id = (select lead_id from turns where id = $1) for no key update
)
select lead.*, t.id as turn_id, t.kind, t.fencing, t.attempts, t.refusals, t.seen_message_id, t.seen_at, t.decision, t.calendar_step,
  t.is_suggestion, t.trace -> 'hidden' as hidden,
  exists (select from outages where service = 'google') as is_google_away
from lead join turns t on t.lead_id = lead.id
where t.id = $1 and t.fencing = $2 and t.state = 'running'
for update of t
