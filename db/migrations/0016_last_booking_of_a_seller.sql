-- Sellers take turns: who was booked longest ago is offered first. Asked at every dispatch.
create index calendar_events_last_of_seller on calendar_events (seller_id, created_at desc)
  where status in ('held', 'booking', 'booked');
