-- $5 the Telegram accounts at hand: a lead of another one is left to the process that has it, unless no process can.
-- $1 channel, $2 how many, $3 lease in ms, $4 this process. The oldest open row of each lead, so that order is kept; a row whose deliverer
-- died is taken again when its lease lapsed.
with due as (
  select id from outbox o
  where o.channel = $1
    and ((o.state = 'pending' and o.run_at <= now()) or (o.state = 'sending' and o.lease_until <= now()))
    and not exists (
      select from outbox earlier
      where earlier.lead_id = o.lead_id and earlier.channel = o.channel
        and earlier.state in ('pending', 'sending') and earlier.id < o.id)
    and (o.channel <> 'telegram' or not exists (select from switches where name = 'telegram_halted' and is_on))
    and (o.channel <> 'telegram' or coalesce((
      select c.account_id = any($5::text[]) or not exists (
        select from telegram_accounts a
        where a.id = c.account_id and a.state in ('online', 'connecting', 'error') and a.enabled)
      from conversations c where c.lead_id = o.lead_id and c.channel = 'telegram'), true))
  order by o.run_at, o.id
  limit $2
  for update skip locked
)
update outbox o
set state = 'sending', fencing = o.fencing + 1, attempts = o.attempts + 1,
    lease_until = now() + make_interval(secs => $3::float8 / 1000), claimed_by = $4
from due where o.id = due.id
returning o.id, o.lead_id, o.turn_id, o.channel, o.payload, o.fencing, o.attempts
