-- The workflow of n8n that thought about the turn: people open its execution from the lead. Until now there was one.
alter table turns add column workflow_id text default 'leadProcessing01';
alter table turns alter column workflow_id drop default;
