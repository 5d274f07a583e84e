-- Words that the replaced database had sent, or was sending, and whose number in Telegram it never learnt, since the answer to the send was
-- lost. They are known by the words then; `message_id` is the negative of that database's own id.
alter table restore_sends add column words text;
