-- What Google would not take with the event (guest, conference): the meeting was booked without it.
alter table calendar_events add column left_out text[] not null default '{}';
