-- Where the lead's language and zone are known from, and how sure that is, 0 to 1. Null: not known, the business's own is used.
alter table leads add column language_source text;
alter table leads add column language_confidence real;
alter table leads add column zone_source text;
alter table leads add column zone_confidence real;
-- Since when the lead is asked whether we shall stop writing; until they answer nothing is begun.
alter table leads add column stop_asked_at timestamptz;
