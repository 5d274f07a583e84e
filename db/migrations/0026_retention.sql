-- By which what is old enough is found, a small batch at a time (api/src/retention).
create index inbox_events_done on inbox_events (processed_at) where state = 'processed';
create index outbox_done on outbox (finished_at) where state = 'done';
create index turns_traced on turns (finished_at) where trace <> '{}'::jsonb;
create index message_files_stored on message_files (run_at) where state = 'stored';
create index audit_log_old on audit_log (at) where action not in ('lead.opted_out', 'lead.opt_out_lifted');
create index telegram_actions_old on telegram_actions (at);
create index telegram_sends_old on telegram_sends (sent_at) where state = 'sent';
-- Whose task in amoCRM a delivery made: it is closed by that row when the meeting changes.
create index calendar_events_task on calendar_events (task_key) where task_key is not null;
