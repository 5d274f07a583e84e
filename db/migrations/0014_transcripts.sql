-- Which lines of a conversation stand on the card in amoCRM. What was said before has a note of its own already.
alter table messages add column noted_at timestamptz;
update messages set noted_at = created_at;
create index messages_not_noted on messages (lead_id, id) where noted_at is null;
-- A milestone was passed: what was said so far goes onto the card at once.
alter table leads add column transcript_due_at timestamptz;
