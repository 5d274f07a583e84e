-- $1 lead, $2 kind, $3 decision, $4 the newest message that it takes into account, $5 when that was read; both may be null. A turn that
-- needs no thinking: running, with a lease that has lapsed, so that the next claim takes it at once and leaves the lead's pending turn where it is. No row when a turn of the lead is running.
insert into turns (lead_id, kind, state, run_at, lease_until, decision, decided_at, seen_message_id, seen_at)
values ($1, $2, 'running', now(), now(), $3, now(), $4, $5)
on conflict (lead_id) where state = 'running' do nothing
returning id
