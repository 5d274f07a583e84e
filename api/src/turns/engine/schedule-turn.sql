-- $1 lead, $2 kind, $3 quiet time in ms, $4 the longest that a burst may put it off, in ms.
-- An answer takes in whatever else was due for the lead: the person has spoken.
insert into turns as t (lead_id, kind, run_at)
values ($1, $2, now() + make_interval(secs => $3::float8 / 1000))
on conflict (lead_id) where state = 'pending' do update
set kind = case when 'answer' in (t.kind, excluded.kind) then 'answer' else t.kind end,
    run_at = least(excluded.run_at, t.first_event_at + make_interval(secs => $4::float8 / 1000))
returning id, run_at
