-- Which message a row delivers or shows: a column, because it is searched by. Written by nobody: it follows the payload.
alter table outbox add column message_id bigint generated always as ((payload ->> 'messageId')::bigint) stored;
create index outbox_message on outbox (message_id) where channel = 'telegram';
create index outbox_lead on outbox (lead_id, id);
create index outbox_turn on outbox (turn_id) where turn_id is not null;
create index outbox_dead on outbox (id) where state = 'dead';

create index messages_conversation on messages (conversation_id, id);
create index messages_person on messages (account_id, peer_id, channel_message_id);
-- Of a message that is taken back some ways of Telegram name the account and the number only.
create index messages_heard on messages (account_id, channel_message_id) where direction = 'in';
-- What was said before there was a chat channel stays without a mirror for good, and is not looked through each second.
drop index messages_not_mirrored;
create index messages_not_mirrored on messages (created_at) where mirrored_at is null;
create index messages_not_reported on messages (id)
  where author = 'human' and direction = 'out' and amo_message_id is not null and amo_status is null;

drop index conversations_peer;
create index conversations_person on conversations (account_id, peer_id) where peer_id is not null;
create index conversations_newest on conversations (account_id, updated_at) where peer_id is not null;
create index conversations_amo_chat on conversations (amo_chat_id) where amo_chat_id is not null;

create index calendar_events_turn on calendar_events (turn_id) where turn_id is not null;
create index calendar_events_given on calendar_events (ends_at) where status in ('held', 'booking', 'booked');
create index calendar_events_held on calendar_events (seller_id, hold_until) where status = 'held';
create index calendar_events_booking on calendar_events (updated_at) where status = 'booking';
create index calendar_events_booked on calendar_events (calendar_id, starts_at) where status = 'booked';
create index calendar_events_span on calendar_events using gist (tstzrange(starts_at, ends_at));

create index telegram_dialogs_planned on telegram_dialogs (conversation_id) where started_at is null;
