-- What /metrics counts every scrape: few rows of a table that grows.
create index turns_failed on turns (finished_at) where state = 'failed';
create index turns_repeated on turns (finished_at) where fencing > 1;
create index lead_heads_unanswered on lead_heads (unanswered_since) where queue = 'assistant';
create index lead_heads_untouched on lead_heads (created_at) where queue = 'assistant' and contacted_at is null;
