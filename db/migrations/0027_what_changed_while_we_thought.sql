-- When the messages were read that a turn thinks about: what was edited or taken back later makes the thought old. Null: before there was this.
alter table turns add column seen_at timestamptz;
