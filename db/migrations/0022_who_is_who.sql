-- All phones of the card, in the order in which they are tried; `phone` is the first of them.
alter table leads add column phones text[] not null default '{}';
update leads set phones = array[phone] where phone is not null;
create index leads_phones on leads using gin (phones);

-- By which sign the lead became this Telegram account, and which phone or username that was. From then on no other account
-- speaks for it.
alter table leads add column bound_by text check (bound_by in ('link', 'contact', 'phone', 'username', 'earlier'));
alter table leads add column bound_sign text;
update leads set bound_by = 'earlier' where telegram_user_id is not null;
create index leads_telegram_user on leads (telegram_user_id) where telegram_user_id is not null;

-- Phones that were looked up in vain, so that waiting for the next one does not ask for the first again.
alter table conversations add column phones_missed text[] not null default '{}';

-- Where an invitation may go besides the e-mail of the card: the address that the lead named in their own words, and those (`*`: all)
-- that they refused.
alter table leads add column said_email text;
alter table leads add column refused_emails text[] not null default '{}';
