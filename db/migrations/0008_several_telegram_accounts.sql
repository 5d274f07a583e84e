-- The account is chosen when the lead is written to first, or is the one that the lead wrote to.
alter table conversations alter column account_id drop not null;

-- Message ids are numbered per account, and a person may write from another phone: an id alone names no message.
alter table messages add column account_id text;
alter table messages add column peer_id bigint;
update messages m set account_id = c.account_id, peer_id = c.peer_id
  from conversations c where c.id = m.conversation_id and m.channel_message_id is not null;
drop index messages_channel_id;
create unique index messages_channel_id on messages (conversation_id, account_id, peer_id, channel_message_id)
  where channel_message_id is not null;
