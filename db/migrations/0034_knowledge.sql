-- What the assistant may state as facts, one item a row. Those of files and of business.yaml follow them; answers are people's own.
create extension if not exists pg_trgm;
-- Letters of a word as small Latin ones: pg_trgm knows no Cyrillic where the database's locale is C.
create function in_latin(said text) returns text language sql immutable parallel safe return
  translate(lower(said), 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя', 'abvgdeejziyklmnoprstufhc4wwqyqeua');
create table knowledge_items (
  id text primary key,
  source text not null check (source in ('file', 'faq', 'answer')),
  title text not null,
  text text not null,
  by text,
  updated_at timestamptz not null default now(),
  words tsvector not null generated always as (
    setweight(to_tsvector('russian', title), 'A') || setweight(to_tsvector('english', title), 'A')
    || to_tsvector('russian', text) || to_tsvector('english', text)) stored
);
create index knowledge_items_words on knowledge_items using gin (words);
create index knowledge_items_like on knowledge_items using gin (in_latin(title || ' ' || text) gin_trgm_ops);

-- What leads asked and no item answers. A human answers, and the answer may become an item.
create table knowledge_questions (
  id bigint generated always as identity primary key,
  lead_id bigint not null references leads,
  turn_id bigint references turns,
  text text not null,
  asked_at timestamptz not null default now(),
  answered_at timestamptz,
  item_id text references knowledge_items on delete set null
);
create unique index knowledge_questions_turn on knowledge_questions (turn_id);
create index knowledge_questions_lead on knowledge_questions (lead_id, id);
create index knowledge_questions_open on knowledge_questions (id) where answered_at is null;
