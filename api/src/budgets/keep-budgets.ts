import { texts } from '../../../texts/index.ts'
import type { App, Ports } from '../app.ts'
import { inTransaction } from '../database/pool.ts'
import { approvalOf } from '../drafts/needs-approval.ts'
import { handOverToHuman } from '../leads/hand-over.ts'
import type { Lead } from '../leads/lead.ts'
import { noteFailure } from '../outages/note-failure.ts'
import { noteSuccess } from '../outages/note-success.ts'
import { isAway } from '../outages/who-is-away.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { type ClaimedTurn, endTurn, holdTurn, lockTurn } from '../turns/engine/engine.ts'
import { hasLimits, type Over, overBudget, spentOnLead, spentToday, type SpentToday } from './spent.ts'

/** A held turn is looked at again after so long, should nobody say that there is room. */
const longestHoldMs = 600_000

type Turn = Pick<ClaimedTurn, 'id' | 'fencing' | 'kind'>

/**
 * Whether a turn may ask a model. Of a spent day it is held, and people are told once; a lead whose own budget is spent goes to a human. A
 * reminder is sent all the same: the meeting was promised.
 */
export async function isWithinBudgets(app: App, turn: Turn, lead: Lead): Promise<boolean> {
  if (turn.kind === 'reminder') return true
  const { perDay, perLead } = app.business.budgets
  if (hasLimits(perLead)) {
    const over = overBudget(perLead, await spentOnLead(app.db, lead.id))
    if (over) {
      await giveToHuman(app, turn, lead, over)
      return false
    }
  }
  if (!hasLimits(perDay)) return true
  const today = await spentToday(app.db, app.business.timeZone)
  const over = overBudget(perDay, today)
  if (over) await holdForTheDay(app, turn, lead, { over, today })
  return over === null
}

/** The lead is told that a colleague goes on, where they wait for an answer and no human has to let it through; the task is one per turn. */
async function giveToHuman(app: App, turn: Turn, lead: Lead, over: Over): Promise<void> {
  const reason = texts[app.business.language].task.leadBudget(usedInWords(app, over))
  await inTransaction(app.db, async (tx) => {
    const lease = { turnId: turn.id, fencing: turn.fencing }
    if (!(await lockTurn(tx, lease))) return
    await endTurn(tx, lease, 'failed', reason)
    await handOverToHuman(tx, lead.id, { turnId: turn.id, by: 'system', reason })
    if (turn.kind !== 'answer' || approvalOf(app, lead).isOn) return
    await queueMessage(tx, {
      leadId: lead.id,
      turnId: turn.id,
      author: 'system',
      text: texts[lead.language ?? app.business.language].lead.handedOver,
      key: `turn:${turn.id}:send`,
    })
  })
  app.log.warn({ turn: turn.id, lead: lead.id, over }, 'The budget of a lead is spent: a human has it')
  app.wake.up('amocrm')
  app.wake.up('telegram')
}

async function holdForTheDay(
  app: App,
  turn: Turn,
  lead: Lead,
  { over, today }: { over: Over; today: SpentToday },
): Promise<void> {
  const reason = texts[app.business.language].budget.spentToday(usedInWords(app, over))
  await noteFailure(app, app.db, {
    service: 'budget',
    reason,
    leadId: lead.id,
    needsHuman: true,
    atOnce: true,
  })
  const left = today.endsAt.getTime() - Date.now()
  await holdTurn(
    app.db,
    { turnId: turn.id, fencing: turn.fencing },
    { delayMs: Math.min(longestHoldMs, Math.max(1000, left)), reason, service: 'budget' },
  )
}

/** Another day, or a budget that was raised: what waited goes on. */
export async function endHoldOfDay(app: Ports<'business' | 'db' | 'log' | 'wake'>): Promise<void> {
  if (!(await isAway(app.db, 'budget'))) return
  const { perDay } = app.business.budgets
  const over = hasLimits(perDay) && overBudget(perDay, await spentToday(app.db, app.business.timeZone))
  if (!over) await inTransaction(app.db, (tx) => noteSuccess(app, tx, 'budget'))
}

const usedInWords = ({ business }: Ports<'business'>, { what, spent, most }: Over): string =>
  texts[business.language].budget[what]({
    spent: what === 'usd' ? spent.toFixed(2) : String(spent),
    most: String(most),
  })
