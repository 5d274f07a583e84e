-- What we know of the lead's card in amoCRM, so that a change made there is told from our own writes.
alter table leads drop constraint leads_stage_check;
alter table leads add constraint leads_stage_check check (stage in ('new', 'contacted', 'qualified', 'booked', 'won', 'lost'));
-- amoCRM's updated_at of the newest reading: an older one that comes late changes nothing.
alter table leads add column card_updated_at timestamptz;
-- The status that we are about to write: seen on the card, it is ours.
alter table leads add column written_pipeline_id bigint;
alter table leads add column written_status_id bigint;
-- What we wrote last into each field: the same is not written again, so a human's correction stays.
alter table leads add column written_fields jsonb not null default '{}';
-- A human moved the card: up to this stage we do not move it any more.
alter table leads add column locked_stage text;
-- Since when the card is deleted in amoCRM.
alter table leads add column card_gone_at timestamptz;
create index leads_contact on leads (contact_id) where contact_id is not null;
