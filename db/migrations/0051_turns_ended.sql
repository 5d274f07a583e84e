-- Turns that were thought about, in the order in which they ended: what is exported as traces.
create index turns_ended on turns (finished_at, id) where decided_at is not null;
