-- One person may leave a second request: their next lead has the same peer in Telegram.
drop index conversations_peer;
create index conversations_peer on conversations (channel, account_id, peer_id) where peer_id is not null;
