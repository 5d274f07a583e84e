import type { Business } from '../settings/business.ts'
import { one, type Queryable } from '../database/pool.ts'

export const budgetNames = ['usd', 'tokens', 'messages'] as const
export type BudgetName = (typeof budgetNames)[number]
/** `usd` holds only calls whose price is in config/models.yaml. */
export type Spent = Record<BudgetName, number>
export type Limits = Business['budgets']['perDay']
export type Over = { what: BudgetName; spent: number; most: number }

/** The first limit that is used up; null: there is room. */
export function overBudget(limits: Limits, spent: Spent): Over | null {
  for (const what of budgetNames) {
    const most = limits[what]
    if (most !== null && spent[what] >= most) return { what, spent: spent[what], most }
  }
  return null
}

export const hasLimits = (limits: Limits): boolean => budgetNames.some((what) => limits[what] !== null)

export type SpentToday = Spent & {
  /** When the next day of this zone begins. */
  endsAt: Date
  /** Models that were asked today and whose cost is not known. */
  unpriced: string[]
}

/** What this day of the zone has cost so far, and when it ends. */
export async function spentToday(db: Queryable, timeZone: string): Promise<SpentToday> {
  return one(
    await db.query<SpentToday>(
      `with day as materialized (
         select date_trunc('day', now() at time zone $1) at time zone $1 as begins,
                (date_trunc('day', now() at time zone $1) + interval '1 day') at time zone $1 as ends)
       select day.ends as "endsAt", calls.usd, calls.tokens, said.messages, unpriced.models as unpriced
       from day
       cross join lateral (
         select coalesce(sum(cost_usd), 0)::float8 as usd, coalesce(sum(input_tokens::bigint + output_tokens), 0)::float8 as tokens
         from model_calls where at >= day.begins) calls
       cross join lateral (
         select count(*)::int as messages from messages
         where created_at >= day.begins and direction = 'out' and author in ('ai', 'system')) said
       cross join lateral (
         select coalesce(array_agg(distinct model order by model), '{}') as models from model_calls
         where at >= day.begins and cost_usd is null and input_tokens is not null) unpriced`,
      [timeZone],
    ),
  )
}

/** What a lead has cost since a human last gave it back to the assistant, within the last 30 days. */
export async function spentOnLead(db: Queryable, leadId: number): Promise<Spent> {
  return one(
    await db.query<Spent>(
      `with since as materialized (
         select greatest(budget_from, now() - interval '30 days') as begins from leads where id = $1)
       select calls.usd, calls.tokens, said.messages
       from since
       cross join lateral (
         select coalesce(sum(c.cost_usd), 0)::float8 as usd, coalesce(sum(c.input_tokens::bigint + c.output_tokens), 0)::float8 as tokens
         from turns t join model_calls c on c.turn_id = t.id
         where t.lead_id = $1 and c.at >= since.begins) calls
       cross join lateral (
         select count(*)::int as messages from messages
         where lead_id = $1 and created_at >= since.begins and direction = 'out' and author in ('ai', 'system')) said`,
      [leadId],
    ),
  )
}
