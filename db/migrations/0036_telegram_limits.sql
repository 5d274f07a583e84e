-- What an account may not do now, until when and why, as Telegram said: one place for every path. It takes the place of
-- telegram_pauses, which stays for one more release, so that the one before can be gone back to.
create table telegram_limits (
  account_id text not null references telegram_accounts,
  kind text not null check (kind in ('send', 'stranger', 'lookup', 'history', 'files', 'signs')),
  -- 0: whomever it is about.
  peer_id bigint not null default 0,
  until timestamptz not null,
  reason text not null,
  since timestamptz not null default now(),
  primary key (account_id, kind, peer_id)
);
insert into telegram_limits (account_id, kind, until, reason)
select account_id, case kind when 'new_dialog' then 'stranger' else kind end, until, reason from telegram_pauses
where until > now();

-- Reading in the background is paced like everything else.
alter table telegram_actions drop constraint telegram_actions_kind_check;
alter table telegram_actions add constraint telegram_actions_kind_check
  check (kind in ('send', 'lookup', 'login_code', 'history', 'dialogs'));

alter table conversations
  -- What came after this message of the account may be missing: a login ended, or Telegram told no updates any more. Null: nothing.
  add column gap_from_id bigint,
  -- How far the history was read, where the newest message is one that is never kept.
  add column read_to_id bigint;
create index conversations_gaps on conversations (account_id) where gap_from_id is not null;
-- When the list of chats was last looked at whole, and all that it had was read. Null: not since a gap.
alter table telegram_accounts add column swept_at timestamptz;

-- Who wrote and is no lead of ours: a keyed hash of a username or phone, for a day, by which a card that comes later is recognised.
create table telegram_strangers (
  sign bytea not null,
  account_id text not null,
  heard_at timestamptz not null default now(),
  primary key (sign, account_id)
);
create index telegram_strangers_old on telegram_strangers (heard_at);
-- What was kept of private chats so far. Of the people, those are kept whom we talk with.
update inbox_events set body = '', sender_username = null, sender_phone = null,
  dedupe_key = case source when 'telegram' then 'forgotten:' || id else dedupe_key end
where source in ('telegram', 'telegram_bot') and state = 'processed'
  and reason in ('nobody known', 'nothing for us', 'the secretary talks in the chats of its account only',
                 'Telegram does not know this connection');
delete from telegram_sessions s where kind = 'peer' and not exists (
  select from conversations c where c.account_id = s.account_id and c.peer_id::text = s.key);
