import type { App, Ports } from '../app.ts'
import { inTransaction } from '../database/pool.ts'
import type { Lead } from '../leads/lead.ts'
import { inviteLead } from '../leads/invite-lead.ts'
import type { Opening, Place } from '../telegram/messenger.ts'
import { taskForClosedWindow } from './closed-window.ts'
import { type ClaimedTurn, endTurn, lockTurn, waitWithTurn } from './engine/engine.ts'
import { setMeetingTimers } from './set-timers.ts'

const notReadyMs = 5000

/**
 * Whether Telegram lets us write to the lead. Where it does not, the turn ends here, before a model is asked: a first touch becomes
 * a link on the card, anything else a task for a human.
 */
export async function isOpen(
  app: App,
  turn: ClaimedTurn,
  lead: Lead,
): Promise<'open' | 'begun by the lead' | 'ended'> {
  const place = await placeOf(app, lead)
  const opening = await app.telegram.opening(place)
  if (opening.open) return place.account_id !== null && place.peer_id !== null ? 'begun by the lead' : 'open'
  await endClosed(app, turn, lead, opening)
  return 'ended'
}

async function placeOf(app: Ports<'db'>, lead: Lead): Promise<Place> {
  const { rows } = await app.db.query<Place>(
    `select id, account_id, peer_id from conversations where lead_id = $1 and channel = 'telegram'`,
    [lead.id],
  )
  return rows[0] ?? { id: 0, account_id: null, peer_id: null }
}

async function endClosed(
  app: App,
  turn: ClaimedTurn,
  lead: Lead,
  { why, detail }: Extract<Opening, { open: false }>,
): Promise<void> {
  const lease = { turnId: turn.id, fencing: turn.fencing }
  const invites = turn.kind === 'first_touch' && app.telegram.invite
  if (invites && app.telegram.ready().length === 0)
    return void (await waitWithTurn(app.db, lease, new Date(app.now().getTime() + notReadyMs)))
  await inTransaction(app.db, async (tx) => {
    if (!(await lockTurn(tx, lease))) return
    if (invites) {
      const link = await inviteLead(app, tx, lead, turn.id)
      return endTurn(tx, lease, 'done', link ? `${detail}: the link is on the card` : detail)
    }
    const key = `turn:${turn.id}:window-closed`
    await taskForClosedWindow(app, tx, lead, { key, detail, turnId: turn.id, due: turn.kind })
    await endTurn(tx, lease, 'cancelled', `window closed: ${detail}`)
    // A meeting may have one more reminder, and by then the lead may have written.
    if (turn.kind === 'reminder') await setMeetingTimers(app, tx, lead.id)
  })
  app.log.info({ turn: turn.id, lead: lead.id, why }, 'A turn ended: the lead cannot be written to now')
  app.wake.up('amocrm')
}
