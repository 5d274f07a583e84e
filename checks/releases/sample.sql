-- A lead in mid-talk, with work under way: what an upgrade must bring over.
insert into sellers (id, name, calendar_id, time_zone) values ('olga', '{"ru": "Ольга", "en": "Olga"}', 'olga@beacon.example', 'Europe/Moscow');
insert into telegram_accounts (id, phone, user_id, state) values ('main', '+79990000001', 1000001, 'online');
insert into leads (id, name, contact_name, phone, phones, telegram_username, telegram_user_id, language, time_zone, stage, facts, disclosed_at)
  values (101, 'Заявка с сайта', 'Анна', '+79160000001', '{+79160000001}', 'anna_k', 2000001, 'ru', 'Europe/Moscow', 'qualified', '{"need": "CRM"}', now());
insert into leads (id, name, stage, opted_out_at, opted_out_source) values (102, 'Отказ', 'lost', now(), 'words');
insert into conversations (lead_id, channel, account_id, peer_id) values (101, 'telegram', 'main', 2000001);
insert into turns (lead_id, kind, state, run_at, finished_at, decision, decided_at)
  values (101, 'first_touch', 'done', now(), now(), '{"sales": {"action": "talk", "reply": "Здравствуйте", "offerId": null, "note": ""}, "offers": []}', now());
insert into messages (conversation_id, lead_id, direction, author, text, channel_message_id, turn_id, sent_at, account_id, peer_id)
  select c.id, 101, 'out', 'ai', 'Здравствуйте', 11, t.id, now(), 'main', 2000001 from conversations c, turns t;
insert into messages (conversation_id, lead_id, direction, author, text, channel_message_id, sent_at, account_id, peer_id)
  select id, 101, 'in', 'lead', 'Давайте завтра', 12, now(), 'main', 2000001 from conversations;
insert into turns (lead_id, kind, state, run_at) values (101, 'answer', 'pending', now());
insert into calendar_events (lead_id, seller_id, status, starts_at, ends_at, blocked, calendar_id, google_event_id, booked_at)
  values (101, 'olga', 'booked', now() + interval '1 day', now() + interval '25 hours', tstzrange(now() + interval '1 day', now() + interval '25 hours'),
          'olga@beacon.example', 'aabbccddeeff00112233', now());
insert into outbox (lead_id, channel, payload, idempotency_key) values (101, 'amocrm', '{"kind": "note", "text": "Заметка"}', 'lead:101:note');
insert into inbox_events (source, dedupe_key, content_type, body) values ('telegram', 'main:2000001:13', 'application/json', '{}');
insert into cursors (name, value) values ('google.sync:olga@beacon.example', '{"syncToken": "abc"}');
insert into audit_log (actor, action, lead_id) values ('lead', 'lead.opted_out', 102);
insert into console_users (email, name, role, password_hash) values ('owner@company.com', 'Owner', 'owner', 'x');
