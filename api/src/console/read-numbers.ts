import type { Numbers } from '@lead/contract/console'
import { funnelSteps } from '@lead/contract/console-names'
import { one, type Queryable } from '../database/pool.ts'
import { type Business, workingHours } from '../settings/business.ts'

/** Answers are timed over so many of the newest. */
const answersTimed = 2000
/** So many sources have a row of their own. */
const mostSources = 10
/** So many can be chosen from. */
const mostChoices = 100

type Steps = Record<Numbers['funnel'][number]['step'], number>
type Funnel = Steps & { p50: number | null; p95: number | null }
type Part = Numbers['sources'][number]
/** `source`: of the leads that came from there only; '' are those whose card says nothing of it. */
type Asked = { from: Date; to: Date; source?: string | undefined }
type Values = [from: Date, to: Date, source: string | null]

/** Of the rows h of lead_heads. */
const isOfSource = `($3::text is null or coalesce(h.source, '') = $3)`
/** Of rows l with a lead_id. Asked of one row after the other: for an "exists" PostgreSQL reads all leads at once. */
const leadIsOfSource = `($3::text is null or (select coalesce(h.source, '') = $3 from lead_heads h where h.lead_id = l.lead_id))`

/**
 * What came of the leads that appeared between two instants, and how quick the assistant was. Each step counts who ever reached it, so
 * that the funnel only narrows; days are those of the company's zone.
 */
export async function readNumbers(
  db: Queryable,
  { from, to, source }: Asked,
  business: Pick<Business, 'sellers' | 'timeZone'>,
) {
  const asked: Values = [from, to, source ?? null]
  const [funnel, replies, spent, choices, handedOff, handOffs, objections, parts, variants, days] =
    await Promise.all([
      readFunnel(db, asked),
      readReplies(db, asked, business.sellers),
      readSpent(db, asked),
      db.query<{ source: string | null }>(
        `select source from lead_heads where created_at >= $1 and created_at < $2 group by 1
       order by source is null, count(*) desc, 1 limit $3`,
        [from, to, mostChoices],
      ),
      db.query<{ source: string; count: number }>(
        `select control_source as source, count(*)::int as count from lead_heads h
       where created_at >= $1 and created_at < $2 and control = 'human' and ${isOfSource} group by 1 order by 2 desc`,
        asked,
      ),
      db.query<Numbers['handOffs'][number]>(
        `select decision #>> '{classification,intent}' as intent, count(*)::int as count from turns l
       where decision #>> '{sales,action}' = 'handoff' and state = 'done' and not is_shadow and not is_suggestion
         and finished_at >= $1 and finished_at < $2 and ${leadIsOfSource}
       group by 1 order by 2 desc`,
        asked,
      ),
      db.query<Numbers['objections'][number]>(
        `select o.kind, count(*)::int as count
       from turns l, jsonb_array_elements_text(decision #> '{classification,objections}') o (kind)
       where decision #> '{classification,objections}' <> '[]' and state = 'done' and not is_shadow and not is_suggestion
         and finished_at >= $1 and finished_at < $2 and ${leadIsOfSource}
       group by 1 order by 2 desc`,
        asked,
      ),
      readParts(db, asked, business.sellers),
      readVariants(db, asked),
      db.query<Numbers['days'][number]>(
        `select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(h.received, 0) as received, coalesce(h.replied, 0) as replied,
         coalesce(h.booked, 0) as booked
       from generate_series(($1::timestamptz at time zone $4)::date, (($2::timestamptz - interval '1 s') at time zone $4)::date,
                            interval '1 day') d (day)
       left join (
         select (created_at at time zone $4)::date as day, count(*)::int as received, count(replied_at)::int as replied,
           count(booked_at)::int as booked
         from lead_heads h where created_at >= $1 and created_at < $2 and ${isOfSource} group by 1) h on h.day = d.day::date
       order by 1`,
        [...asked, business.timeZone],
      ),
    ])
  return {
    from,
    to,
    choices: choices.rows.map((row) => row.source),
    funnel: toFunnel(funnel),
    firstTouch: { count: funnel.contacted, p50: funnel.p50, p95: funnel.p95 },
    reply: { count: replies.count, p50: replies.p50, p95: replies.p95 },
    outsideHours: replies.outside,
    spent,
    handedOff: handedOff.rows,
    handOffs: handOffs.rows,
    objections: objections.rows,
    ...parts,
    variants,
    days: days.rows,
  }
}

const toFunnel = (steps: Steps): Numbers['funnel'] =>
  funnelSteps.map((step) => ({ step, count: steps[step] }))

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

/** The same funnel for each source and each seller. Who has had no meeting yet is of the seller who is responsible in amoCRM. */
async function readParts(
  db: Queryable,
  asked: Values,
  sellers: Business['sellers'],
): Promise<{ sources: Part[]; sellers: Part[] }> {
  const known = sellers.filter(({ amocrmUserId }) => amocrmUserId !== undefined)
  const { rows } = await db.query<Steps & { of: 'source' | 'seller'; name: string | null }>(
    `select case grouping(source) when 0 then 'source' else 'seller' end as of, coalesce(source, seller) as name, ${steps}
     from (select h.*, coalesce(h.seller_id, s.id) as seller from lead_heads h
           left join unnest($4::text[], $5::bigint[]) s (id, user_id) on s.user_id = h.responsible_user_id
           where h.created_at >= $1 and h.created_at < $2 and ${isOfSource}) h
     group by grouping sets ((source), (seller)) order by received desc`,
    [...asked, known.map(({ id }) => id), known.map(({ amocrmUserId }) => amocrmUserId)],
  )
  const of = (what: 'source' | 'seller') => rows.filter((row) => row.of === what)
  return { sources: fold(of('source')).map(toPart), sellers: of('seller').map(toPart) }
}

const toPart = (row: Steps & { name: string | null }): Part => ({ name: row.name, funnel: toFunnel(row) })

/** What is known comes before what is not, and many small ones are one. */
function fold(rows: (Steps & { name: string | null })[]): (Steps & { name: string | null })[] {
  const named = rows.filter(({ name }) => name !== null)
  const [first, ...others] = named.slice(mostSources)
  const sum = first && others.reduce<Steps>(add, first)
  return [
    ...named.slice(0, mostSources),
    ...(sum ? [{ ...sum, name: '…' }] : []),
    ...rows.filter(({ name }) => name === null),
  ]
}

const add = (a: Steps, b: Steps): Steps => ({
  received: a.received + b.received,
  contacted: a.contacted + b.contacted,
  replied: a.replied + b.replied,
  qualified: a.qualified + b.qualified,
  offered: a.offered + b.offered,
  booked: a.booked + b.booked,
  held: a.held + b.held,
})

/** The same funnel for each prompt of an experiment. */
async function readVariants(db: Queryable, asked: Values): Promise<Part[]> {
  const { rows } = await db.query<Steps & { name: string }>(
    `select l.variant as name, ${steps}
     from leads l join lead_heads h on h.lead_id = l.id
     where l.variant is not null and h.created_at >= $1 and h.created_at < $2 and ${isOfSource} group by 1 order by 1`,
    asked,
  )
  return rows.map(toPart)
}

async function readFunnel(db: Queryable, asked: Values): Promise<Funnel> {
  return one(
    await db.query<Funnel>(
      `select ${steps},
         percentile_cont(0.5) within group (order by extract(epoch from contacted_at - created_at)) filter (where contacted_at is not null) as p50,
         percentile_cont(0.95) within group (order by extract(epoch from contacted_at - created_at)) filter (where contacted_at is not null) as p95
       from lead_heads h where created_at >= $1 and created_at < $2 and ${isOfSource}`,
      asked,
    ),
  )
}

/**
 * From the first word of the lead that an answer takes in to the moment at which the answer arrived; and how many answer what was written
 * when no seller works.
 */
async function readReplies(db: Queryable, asked: Values, sellers: Business['sellers']) {
  const windows = new Map(
    sellers.flatMap((seller) =>
      workingHours(seller).flatMap(({ days, start, end }) =>
        days.map((day) => {
          const row = { zone: seller.timeZone, day, start, end }
          return [JSON.stringify(row), row] as const
        }),
      ),
    ),
  )
  const hours = [...windows.values()]
  return one(
    await db.query<Numbers['reply'] & { outside: number }>(
      `select count(*)::int as count, percentile_cont(0.5) within group (order by seconds) as p50,
         percentile_cont(0.95) within group (order by seconds) as p95,
         count(*) filter (where not exists (
           select from unnest($5::text[], $6::int[], $7::time[], $8::time[]) w (zone, day, opens, closes)
           where extract(dow from asked_at at time zone w.zone) = w.day
             and (asked_at at time zone w.zone)::time >= w.opens and (asked_at at time zone w.zone)::time < w.closes))::int as outside
       from (
         select t.first_event_at as asked_at, extract(epoch from m.sent_at - t.first_event_at) as seconds
         from (select id, first_event_at from turns l where state = 'done' and kind = 'answer' and finished_at >= $1 and finished_at < $2
                 and ${leadIsOfSource}
               order by finished_at desc limit $4) t
         join lateral (select min(sent_at) as sent_at from outbox o join messages m on m.id = o.message_id
                       where o.turn_id = t.id and o.channel = 'telegram') m on m.sent_at is not null) answers`,
      [
        ...asked,
        answersTimed,
        hours.map(({ zone }) => zone),
        hours.map(({ day }) => day),
        hours.map(({ start }) => start),
        hours.map(({ end }) => end),
      ],
    ),
  )
}

async function readSpent(db: Queryable, asked: Values): Promise<Numbers['spent']> {
  return one(
    await db.query<Numbers['spent']>(
      `select coalesce(sum(cost_usd), 0)::float8 as cost,
         coalesce(sum(coalesce(input_tokens, 0) + coalesce(output_tokens, 0)), 0)::float8 as tokens,
         (select count(*)::int from calendar_events l where booked_at >= $1 and booked_at < $2 and ${leadIsOfSource}) as meetings
       from model_calls c where at >= $1 and at < $2 and ($3::text is null or (
         select ${leadIsOfSource} from turns l where l.id = c.turn_id))`,
      asked,
    ),
  )
}
