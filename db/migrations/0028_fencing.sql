-- The number that only grows, by which a late report is told from the newest one. The lease is how long one may think.
alter table turns rename column lease to fencing;
alter table outbox rename column lease to fencing;
