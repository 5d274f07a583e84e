-- Who wrote, as the channel names them: what a new lead's earlier words are found by. Nothing is read out of stored bodies any more.
alter table inbox_events add column sender_username text;
alter table inbox_events add column sender_phone text;
create index inbox_events_unheard_username on inbox_events (lower(sender_username))
  where state = 'processed' and reason = 'nobody known' and sender_username is not null;
create index inbox_events_unheard_phone on inbox_events (sender_phone)
  where state = 'processed' and reason = 'nobody known' and sender_phone is not null;

-- An event that failed for good or cannot be read is a dead letter until somebody retries it or drops it.
alter table inbox_events drop constraint inbox_events_state_check;
alter table inbox_events add constraint inbox_events_state_check
  check (state in ('received', 'processed', 'unreadable', 'failed', 'dropped'));
create index inbox_events_dead on inbox_events (id) where state in ('unreadable', 'failed');

-- Words of the last days whose lead may still come. A body that PostgreSQL cannot read (U+0000) stays without a sender.
do $$
declare
  event record;
  said jsonb;
begin
  for event in
    select id, body from inbox_events
    where source in ('telegram', 'telegram_bot') and state = 'processed' and reason = 'nobody known'
      and received_at > now() - interval '7 days'
  loop
    begin
      said := convert_from(event.body, 'utf8')::jsonb;
      update inbox_events set
        sender_username = left(coalesce(said ->> 'peerUsername', said #>> '{message,chat,username}',
                                        said #>> '{business_message,chat,username}'), 64),
        sender_phone = left(said ->> 'peerPhone', 32)
      where id = event.id;
    exception when others then
      raise warning 'inbox event % has no readable sender', event.id;
    end;
  end loop;
end
$$;
