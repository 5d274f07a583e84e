import { request } from 'undici'
import type { App } from '../app.ts'
import { faultPoint } from '../fault-point.ts'
import { endTurn, claimTurns, type ClaimedTurn } from './engine/engine.ts'
import { findLead, mayWrite } from '../leads/lead.ts'
import { giveBackTurn } from './give-back-turn.ts'
import { turnContext } from './turn-context.ts'

/** How long an execution may take before the turn is dispatched again. Longer than the workflow's own time limit. */
const leaseMs = 120_000

/** Sends the turns that are due to n8n, each with its whole context. @returns whether there were any */
export async function dispatchDueTurns(app: App): Promise<boolean> {
  const turns = await claimTurns(app.db, 10, leaseMs)
  if (turns.length > 0) faultPoint('turn.claimed')
  await Promise.all(turns.map((turn) => dispatch(app, turn)))
  return turns.length > 0
}

async function dispatch(app: App, turn: ClaimedTurn): Promise<void> {
  const lease = { turnId: turn.id, lease: turn.lease }
  try {
    const lead = (await findLead(app.db, turn.lead_id))!
    if (turn.decision === null) {
      if (!mayWrite(lead, app.now())) {
        await endTurn(app.db, lease, 'cancelled', lead.opted_out_at ? 'the lead opted out' : 'a human holds the conversation')
        return
      }
      if (!(await seeNewest(app, turn))) {
        await endTurn(app.db, lease, 'superseded', 'a newer turn takes over')
        return
      }
    }
    await post(app, await turnContext(app, turn, lead))
    faultPoint('turn.dispatched')
  } catch (error) {
    await giveBackTurn(app, lease, `n8n was not reached: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/**
 * Notes which message is the newest that this try takes into account. A repeat that finds a pending turn of newer messages
 * leaves the work to it: false.
 */
async function seeNewest(app: App, turn: ClaimedTurn): Promise<boolean> {
  const { rowCount } = await app.db.query(
    `update turns set seen_message_id =
       (select max(id) from messages where lead_id = $2 and direction = 'in')
     where id = $1 and lease = $3
       and not exists (select from turns p where p.lead_id = $2 and p.state = 'pending' and p.kind = 'answer')`,
    [turn.id, turn.lead_id, turn.lease],
  )
  return rowCount === 1
}

async function post(app: App, context: unknown): Promise<void> {
  const answer = await request(`${app.config.n8nUrl}/webhook/lead-processing`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${app.config.apiToken}` },
    body: JSON.stringify(context),
    headersTimeout: 15_000,
    bodyTimeout: 15_000,
  })
  const text = await answer.body.text()
  if (answer.statusCode >= 300) throw new Error(`n8n answered ${answer.statusCode}: ${text.slice(0, 200)}`)
}
