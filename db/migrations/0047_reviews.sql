-- What the reviewer said of a reply: pass, or the rule that it breaks; null: no call of the reviewer, or none that could be used.
alter table model_calls add column verdict text;
create index model_calls_reviews on model_calls (at) where step = 'reviewer';
