/** The words of turn `t` were never said. */
export const unsaid = `select from outbox o
  where o.turn_id = t.id and o.channel = 'telegram' and o.state in ('cancelled', 'dead')`

/** An answer took in message `m` of lead $1 as it stands now, not as it was before an edit. */
export const seen = `exists (select from turns t
  where t.lead_id = $1 and t.state = 'done' and t.seen_message_id >= m.id
    and (m.edited_at is null or m.edited_at <= coalesce(t.seen_at, t.decided_at))
    and not exists (${unsaid}))`
