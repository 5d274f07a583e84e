import { leaseMs, vendors } from '@lead/contract'
import type { App, Ports } from '../app.ts'
import { bookedMeeting } from '../meetings/booked-meeting.ts'
import { one } from '../database/pool.ts'
import { faultPoint } from '../process/fault-point.ts'
import {
  type ClaimedTurn,
  claimTurns,
  endTurn,
  holdTurn,
  turnIsDispatched,
  waitWithTurn,
} from './engine/engine.ts'
import { giveBackTurn, mostTries } from './give-back-turn.ts'
import { quietUntil } from './quiet-hours.ts'
import { waitsForFacts } from '../enrichment/enrichment.ts'
import { isWithinBudgets } from '../budgets/keep-budgets.ts'
import { waitForCap } from '../leads/hourly-caps.ts'
import { findLead, type Lead, mayWrite, requireLead } from '../leads/lead.ts'
import { errorText } from '../text/storable.ts'
import { isWorked, notAGuest } from '../leads/only-thought.ts'
import { chooseVendors } from '../models/choose-vendors.ts'
import { noteFailure } from '../outages/note-failure.ts'
import { probeAfterMs } from '../outages/services.ts'
import { isOpen } from './is-open.ts'
import { postTurn } from './post-turn.ts'
import { seen } from './seen.ts'
import { turnContext } from './turn-context.ts'
import { waitForAddress } from './wait-for-address.ts'

/** So many turns may be in n8n at once; more would only make each slower. */
const mostRunning = 20

/** Sends the turns that are due to n8n, each with its whole context. @returns whether there were any */
export async function dispatchDueTurns(app: App): Promise<boolean> {
  const turns = await claimTurns(app.db, { most: mostRunning, leaseMs, process: app.process })
  if (turns.length > 0) faultPoint('turn.claimed')
  const ends = await Promise.allSettled(turns.map((turn) => dispatch(app, turn)))
  // Its lease lapses, and it is a try: in the end a human has it. The others went on.
  for (const [index, { id }] of turns.entries()) {
    const end = ends[index]
    if (end?.status === 'rejected')
      app.log.error({ err: end.reason, turn: id }, 'A turn could not be dispatched')
  }
  return turns.length > 0
}

async function dispatch(app: App, turn: ClaimedTurn): Promise<void> {
  const lease = { turnId: turn.id, fencing: turn.fencing }
  if (turn.was_silent && (await n8nIsSilent(app, turn))) return
  // Executions that die without a word are tries too.
  if (turn.attempts > mostTries(turn.decision !== null))
    return giveBackTurn(app, lease, turn.last_error ?? 'n8n did not finish the turn')
  const lead = await requireLead(findLead(app.db, turn.lead_id))
  if (turn.decision === null && !(await mayThink(app, turn, lead))) return
  const ask = turn.decision === null ? await chooseVendors(app) : [...vendors]
  if (ask.length === 0) {
    const reason = 'no language model answers'
    return holdTurn(app.db, lease, { delayMs: probeAfterMs.models, reason, service: 'models' })
  }
  try {
    await postTurn(app, await turnContext(app, turn, lead, ask))
    faultPoint('turn.dispatched')
    await turnIsDispatched(app.db, lease)
  } catch (error) {
    const reason = `n8n was not reached: ${errorText(error)}`
    app.log.warn({ turn: turn.id, reason }, 'A turn waits for n8n')
    await noteFailure(app, app.db, { service: 'n8n', reason, leadId: turn.lead_id })
    await holdTurn(app.db, lease, { delayMs: probeAfterMs.n8n, reason, service: 'n8n' })
  }
}

/** n8n takes turns and begins none of them: while that goes on, they wait, and it counts against nobody. @returns whether this one waits */
async function n8nIsSilent(app: App, turn: ClaimedTurn): Promise<boolean> {
  const reason = 'n8n took the turn and never began it'
  const lease = { turnId: turn.id, fencing: turn.fencing }
  if (!(await noteFailure(app, app.db, { service: 'n8n', reason, leadId: turn.lead_id }))) return false
  await holdTurn(app.db, lease, { delayMs: probeAfterMs.n8n, reason, service: 'n8n', uncounted: 2 })
  return true
}

/** Whether there is still something to think about, now. If not, the turn is ended or put back. */
async function mayThink(app: App, turn: ClaimedTurn, lead: Lead): Promise<boolean> {
  const lease = { turnId: turn.id, fencing: turn.fencing }
  const now = app.now()
  if (!mayWrite(lead, now) && !isForHuman(turn, lead)) {
    if (lead.control === 'paused' && lead.control_until && !lead.opted_out_at) {
      await waitWithTurn(app.db, lease, lead.control_until)
    } else {
      await endTurn(
        app.db,
        lease,
        'cancelled',
        lead.opted_out_at ? 'the lead opted out' : 'a human holds the conversation',
      )
    }
    return false
  }
  if (!isForHuman(turn, lead) && !isWorked(app, lead)) {
    await endTurn(app.db, lease, 'cancelled', notAGuest)
    return false
  }
  if (turn.kind === 'reminder' && !(await bookedMeeting(app.db, lead.id))) {
    await endTurn(app.db, lease, 'cancelled', 'there is no meeting to remind of')
    return false
  }
  if (isForHuman(turn, lead)) return (await waitsForRoom(app, turn, lead)) ? false : seeNewest(app, turn)
  if (await waitForAddress(app, turn)) return false
  const open = await isOpen(app, turn, lead)
  if (open === 'ended') return false
  // A direct reply is never held back, and who just pressed Start is awake; whatever we begin ourselves waits for the morning of the lead.
  const asked = turn.kind === 'answer' || (turn.kind === 'first_touch' && open === 'begun by the lead')
  const until = asked ? null : quietUntil(now, lead.time_zone ?? app.business.timeZone, app.quietHours)
  if (until) {
    await waitWithTurn(app.db, lease, until)
    return false
  }
  if (await waitsForRoom(app, turn, lead)) return false
  if (turn.kind === 'answer' && !(await hasUnanswered(app, lead.id))) {
    await endTurn(app.db, lease, 'cancelled', 'the lead took their words back')
    return false
  }
  if (!(await isWithinBudgets(app, turn, lead))) return false
  if (await waitsForFacts(app, turn, lead)) return false
  if (await seeNewest(app, turn)) return true
  await endTurn(app.db, lease, 'superseded', 'a newer turn takes over')
  return false
}

/** A suggestion reaches nobody, and a human asked for it: neither the way to the lead, the hour nor a budget counts. */
const isForHuman = (turn: ClaimedTurn, lead: Lead) =>
  turn.is_suggestion && lead.control !== 'ai' && !lead.opted_out_at

/** Whether the lead has used up an hour's worth of models: then the turn is put back. */
async function waitsForRoom(app: App, turn: ClaimedTurn, lead: Lead): Promise<boolean> {
  const room = await waitForCap(app, app.db, lead.id, 'modelCalls', turn.id)
  if (room) await waitWithTurn(app.db, { turnId: turn.id, fencing: turn.fencing }, room)
  return room !== null
}

/** What the lead wrote and did not take back, and no answer has taken in. */
async function hasUnanswered(app: Ports<'db'>, leadId: number): Promise<boolean> {
  const answer = await app.db.query<{ left: boolean }>(
    `select not exists (select from messages m where m.lead_id = $1 and m.direction = 'in' and m.deleted_at is not null)
       or exists (select from messages m where m.lead_id = $1 and m.direction = 'in' and m.deleted_at is null and not ${seen})
       as left`,
    [leadId],
  )
  return one(answer).left
}

/**
 * Notes which message is the newest that this try takes into account. A repeat that finds a pending turn of newer messages
 * leaves the work to it: false.
 */
async function seeNewest(app: Ports<'db'>, turn: ClaimedTurn): Promise<boolean> {
  // The lead is locked first: an edit that is just being kept is either seen here, or its mark is later than ours.
  const { rowCount } = await app.db.query(
    `with lead as materialized (select id from leads where id = $2 for no key update)
     update turns set seen_at = clock_timestamp(),
       seen_message_id = (select max(id) from messages where lead_id = $2 and direction = 'in')
     from lead
     where turns.id = $1 and turns.fencing = $3
       and not exists (select from turns p where p.lead_id = $2 and p.state = 'pending' and p.kind = 'answer')`,
    [turn.id, turn.lead_id, turn.fencing],
  )
  return rowCount === 1
}
