import type { Numbers } from '@lead/contract/console'
import { one, type Queryable } from '../database/pool.ts'

/** Answers are timed over so many of the newest. */
const answersTimed = 2000

type Steps = Record<Numbers['funnel'][number]['step'], number>
type Funnel = Steps & { p50: number | null; p95: number | null }
type Durations = Numbers['reply']
type Span = { from: Date; to: Date }

/**
 * What came of the leads that appeared between two instants, and how quick the assistant was. Each step counts who ever reached it, so
 * that the funnel only narrows; days are those of the zone.
 */
export async function readNumbers(db: Queryable, { from, to }: Span, timeZone: string) {
  const [funnel, reply, handedOff, variants, days] = await Promise.all([
    readFunnel(db, { from, to }),
    readReplyTimes(db, { from, to }),
    db.query<{ source: string; count: number }>(
      `select control_source as source, count(*)::int as count from lead_heads
       where created_at >= $1 and created_at < $2 and control = 'human' group by 1 order by 2 desc`,
      [from, to],
    ),
    readVariants(db, { from, to }),
    db.query<Numbers['days'][number]>(
      `select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(h.received, 0) as received, coalesce(h.replied, 0) as replied,
         coalesce(h.booked, 0) as booked
       from generate_series(($1::timestamptz at time zone $3)::date, (($2::timestamptz - interval '1 s') at time zone $3)::date,
                            interval '1 day') d (day)
       left join (
         select (created_at at time zone $3)::date as day, count(*)::int as received, count(replied_at)::int as replied,
           count(booked_at)::int as booked
         from lead_heads where created_at >= $1 and created_at < $2 group by 1) h on h.day = d.day::date
       order by 1`,
      [from, to, timeZone],
    ),
  ])
  const { p50, p95, ...counts } = funnel
  return {
    from,
    to,
    funnel: toFunnel(counts),
    firstTouch: { count: counts.contacted, p50, p95 },
    reply,
    handedOff: handedOff.rows,
    variants,
    days: days.rows,
  }
}

const toFunnel = (steps: Steps): Numbers['funnel'] =>
  (Object.keys(steps) as (keyof Steps)[]).map((step) => ({ step, count: steps[step] }))

/** Of the rows h of lead_heads. A later step counts for the earlier ones too: a meeting is booked with a lead who was offered it on the phone. */
const steps = `count(*)::int as received,
         count(coalesce(contacted_at, replied_at, qualified_at, offered_at, booked_at))::int as contacted,
         count(coalesce(replied_at, qualified_at, offered_at, booked_at))::int as replied,
         count(coalesce(qualified_at, offered_at, booked_at))::int as qualified,
         count(coalesce(offered_at, booked_at))::int as offered,
         count(booked_at)::int as booked,
         count(*) filter (where booked_at is not null and exists (
           select from calendar_events e where e.lead_id = h.lead_id and e.status = 'booked' and e.ends_at < now()
             and e.no_show_at is null))::int as held`

/** The same funnel for each prompt of an experiment. */
async function readVariants(db: Queryable, { from, to }: Span): Promise<Numbers['variants']> {
  const { rows } = await db.query<Steps & { variant: string }>(
    `select l.variant, ${steps}
     from leads l join lead_heads h on h.lead_id = l.id
     where l.variant is not null and h.created_at >= $1 and h.created_at < $2 group by 1 order by 1`,
    [from, to],
  )
  return rows.map(({ variant, ...counts }) => ({ variant, funnel: toFunnel(counts) }))
}

async function readFunnel(db: Queryable, { from, to }: Span): Promise<Funnel> {
  return one(
    await db.query<Funnel>(
      `select ${steps},
         percentile_cont(0.5) within group (order by extract(epoch from contacted_at - created_at)) filter (where contacted_at is not null) as p50,
         percentile_cont(0.95) within group (order by extract(epoch from contacted_at - created_at)) filter (where contacted_at is not null) as p95
       from lead_heads h where created_at >= $1 and created_at < $2`,
      [from, to],
    ),
  )
}

/** From the first word of the lead that an answer takes in to the moment at which the answer arrived. */
async function readReplyTimes(db: Queryable, { from, to }: Span): Promise<Durations> {
  return one(
    await db.query<Durations>(
      `select count(*)::int as count, percentile_cont(0.5) within group (order by seconds) as p50,
         percentile_cont(0.95) within group (order by seconds) as p95
       from (
         select extract(epoch from m.sent_at - t.first_event_at) as seconds
         from (select id, first_event_at from turns where state = 'done' and kind = 'answer' and finished_at >= $1 and finished_at < $2
               order by finished_at desc limit $3) t
         join lateral (select min(sent_at) as sent_at from outbox o join messages m on m.id = o.message_id
                       where o.turn_id = t.id and o.channel = 'telegram') m on m.sent_at is not null) answers`,
      [from, to, answersTimed],
    ),
  )
}
