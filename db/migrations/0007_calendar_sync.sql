-- When a human said that the lead did not come.
alter table calendar_events add column no_show_at timestamptz;
-- A calendar that Google no longer lets us read or write, since when and why; null while all is well.
alter table sellers add column disconnected_at timestamptz;
alter table sellers add column disconnected_reason text;
