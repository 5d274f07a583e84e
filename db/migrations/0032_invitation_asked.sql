-- An address that a lead names in the talk gets the invitation only after the lead has said yes to the question about that very address.
-- asked_email: the question that waits for its answer, and the turn that asked it; declined_emails: never asked about again.
alter table leads add column asked_email text;
alter table leads add column asked_email_turn_id bigint;
alter table leads add column confirmed_email text;
alter table leads add column declined_emails text[] not null default '{}';
-- Whom the event in Google was made with, or given later.
alter table calendar_events add column guest_email text;
