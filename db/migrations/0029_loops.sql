-- A conversation with a machine is a reason of its own to fall silent: from repeated words the assistant comes back by itself.
alter table leads drop constraint leads_control_source_check;
alter table leads add constraint leads_control_source_check check (control_source in
  ('start', 'tag', 'note', 'card', 'phone', 'chat', 'decision', 'failure', 'other_lead', 'operator', 'loop'));
