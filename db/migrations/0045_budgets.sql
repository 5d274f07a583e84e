-- Sums of what was spent: of a day over all leads, and of one lead since a human last gave it back to the assistant.
alter table leads add column budget_from timestamptz;
create index model_calls_spent on model_calls (at) include (input_tokens, output_tokens, cost_usd);
create index messages_said on messages (created_at) where direction = 'out' and author in ('ai', 'system');
