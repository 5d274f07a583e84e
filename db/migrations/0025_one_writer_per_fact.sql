-- Who has the lead, as code asks for it; control_by and control_reason are for people. When it was decided: null, never yet.
alter table leads add column control_source text not null default 'start' check (control_source in
  ('start', 'tag', 'note', 'card', 'phone', 'chat', 'decision', 'failure', 'other_lead', 'operator'));
alter table leads add column control_since timestamptz;
update leads set control_source = case
  when control_by = 'amocrm tag' then 'tag'
  when control_reason like 'a note of user %' then 'note'
  when control_by = 'amocrm' then 'card'
  when control_reason = 'answered from the amoCRM card' then 'chat'
  when control_by = 'human' then 'phone'
  when control_by = 'ai' then 'decision'
  when control_by = 'system' and control = 'paused' then 'other_lead'
  when control_by = 'system' then 'failure'
  else 'operator' end
where control_by is not null;
update leads l set control_since = a.at from (
  select lead_id, max(at) as at from audit_log where action like 'control.%' or action = 'lead.handed_over' group by lead_id) a
where a.lead_id = l.id;

alter table leads add column opted_out_source text check (opted_out_source in
  ('words', 'classifier', 'command', 'blocked', 'tag', 'other_lead'));
update leads l set opted_out_source = coalesce((
  select case a.details ->> 'how' when 'stop words' then 'words' when 'the classifier' then 'classifier' when '/stop' then 'command'
           when 'blocked the bot' then 'blocked' when 'a tag in amoCRM' then 'tag' end
  from audit_log a where a.lead_id = l.id and a.action = 'lead.opted_out' order by a.id desc limit 1), 'other_lead')
where opted_out_at is not null;

alter table leads add column stage_by text not null default 'system';
alter table leads add column stage_since timestamptz not null default now();
update leads set stage_since = updated_at;

alter table calendar_events add column booked_at timestamptz;
update calendar_events set booked_at = created_at where status in ('booked', 'cancelled');
