import type { Ports } from '../app.ts'
import { one } from '../database/pool.ts'
import { budgetNames, overBudget, spentToday } from './spent.ts'

/** How the budget of this day stands, for people and metrics. */
export async function readBudgets(app: Ports<'business' | 'db'>) {
  const { perDay } = app.business.budgets
  const [today, answer] = await Promise.all([
    spentToday(app.db, app.business.timeZone),
    app.db.query<{ held: number }>(`select count(*)::int as held from turns where held_by = 'budget'`),
  ])
  return {
    today: budgetNames.map((name) => ({ name, spent: today[name], most: perDay[name] })),
    isSpent: overBudget(perDay, today) !== null,
    endsAt: today.endsAt,
    held: one(answer).held,
    /** What is spent on these is not in the money. */
    unpriced: perDay.usd === null ? [] : today.unpriced,
  }
}

/** In a line, for /ready. */
export function describeBudgets({ today, held, unpriced }: Awaited<ReturnType<typeof readBudgets>>): string {
  const parts = today.map(
    ({ name, spent, most }) =>
      `${name} ${name === 'usd' ? spent.toFixed(2) : spent} of ${most ?? 'any number'}`,
  )
  return [
    `today: ${parts.join(', ')}`,
    ...(held > 0 ? [`${held} turns wait`] : []),
    ...(unpriced.length > 0 ? [`no price in config/models.yaml: ${unpriced.join(', ')}`] : []),
  ].join('; ')
}
