-- The conversation as a chat inside the amoCRM card, when a channel of the Chats API is configured.
alter table conversations add column amo_chat_id text;
-- Null: the line is not in that chat yet. What was said before stays where it is.
alter table messages add column mirrored_at timestamptz;
update messages set mirrored_at = created_at;
-- The line's id in that chat: of our own lines after they were mirrored, of a manager's answer from the beginning.
alter table messages add column amo_message_id text;
-- What amoCRM was told of the delivery of a manager's answer: 1 delivered, -1 failed.
alter table messages add column amo_status int;
create index messages_not_mirrored on messages (id) where mirrored_at is null;
create index messages_amo_id on messages (amo_message_id) where amo_message_id is not null;
