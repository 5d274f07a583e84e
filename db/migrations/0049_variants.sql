-- Which of two sales prompts a lead talks with, "name/a" (the one of docs/) or "name/b"; stored once. null: the lead is in no experiment.
alter table leads add column variant text;
create index leads_variant on leads (variant, created_at) where variant is not null;
