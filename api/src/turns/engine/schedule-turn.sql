-- $1 lead, $2 kind, $3 quiet time in ms, $4 the longest that a burst may put it off, in ms.
-- An answer takes in whatever else was due for the lead, from its own first message on: the person has spoken. Anything else
-- never displaces an answer, and never moves what is due earlier.
insert into turns as t (lead_id, kind, run_at)
values ($1, $2, now() + make_interval(secs => $3::float8 / 1000))
on conflict (lead_id) where state = 'pending' do update
set kind = case when 'answer' in (t.kind, excluded.kind) then 'answer' else t.kind end,
    first_event_at = case when excluded.kind = 'answer' and t.kind <> 'answer' then now() else t.first_event_at end,
    run_at = case
      when excluded.kind <> 'answer' then least(t.run_at, case when t.kind = 'answer' then t.run_at else excluded.run_at end)
      when t.kind <> 'answer' then excluded.run_at
      else least(excluded.run_at, t.first_event_at + make_interval(secs => $4::float8 / 1000))
    end
returning id, run_at
