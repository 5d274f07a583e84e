-- The person already talks with us about this other lead: the conversation goes on there.
alter table leads add column continues_lead_id bigint references leads;
create index leads_email on leads (lower(email)) where email is not null;
