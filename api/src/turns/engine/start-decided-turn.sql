-- $1 lead, $2 kind, $3 decision. A turn that needs no thinking: running, with a lease that has lapsed, so that the next claim takes it
-- at once and leaves the lead's pending turn where it is. No row when a turn of the lead is running.
insert into turns (lead_id, kind, state, run_at, lease_until, decision, decided_at)
values ($1, $2, 'running', now(), now(), $3, now())
on conflict (lead_id) where state = 'running' do nothing
returning id
