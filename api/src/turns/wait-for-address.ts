import { texts } from '../../../texts/index.ts'
import { accountMapOf } from '../amocrm/account-map.ts'
import type { App } from '../app.ts'
import { inTransaction, one } from '../database/pool.ts'
import { handOverToHuman } from '../leads/hand-over.ts'
import { hasAddress } from '../leads/has-address.ts'
import { type Lead, lockLead } from '../leads/lead.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { type ClaimedTurn, endTurn, waitWithTurn } from './engine/engine.ts'

const minute = 60_000
/** Forms and telephony make the lead first and its contact some seconds later: nobody is told of those. */
const silentMs = 2 * minute
/** In the incoming stage the contact is hidden until somebody accepts the lead; we hear of that. */
const incomingMs = 60 * minute

/**
 * The first words to a lead whose card does not say yet where to write. They wait: what comes onto the card begins them at once
 * (person-arrived.ts). After a while the card says so, and in the end a human has the lead.
 * @returns whether the turn waits or has ended
 */
export async function waitForAddress(app: App, turn: ClaimedTurn): Promise<boolean> {
  // A bot does not look for people: it gives out a link.
  if (turn.kind !== 'first_touch' || app.telegram.invite) return false
  const lease = { turnId: turn.id, fencing: turn.fencing }
  const incoming = await incomingStatuses(app)
  return inTransaction(app.db, async (tx) => {
    // Locked, so that an address that comes now finds the turn waiting.
    const lead = await lockLead(tx, turn.lead_id)
    if (!lead || (await hasAddress(tx, lead))) return false
    const now = app.now().getTime()
    const wait = (until: number) => waitWithTurn(tx, lease, new Date(until))
    if (incoming.has(lead.status_id ?? Number.NaN)) return wait(now + incomingMs).then(() => true)
    const spoken = lead.created_at.getTime() + silentMs
    if (now < spoken) return wait(spoken).then(() => true)
    const deadline =
      (await told(app, tx, lead)).getTime() + app.business.amocrm.waitForContactHours * 60 * minute
    if (now < deadline) return wait(deadline).then(() => true)
    const reason = texts[lead.language ?? app.business.language].task.noAddress
    await handOverToHuman(tx, lead.id, { turnId: turn.id, by: 'system', reason })
    await endTurn(tx, lease, 'cancelled', 'the card has no address')
    app.wake.up('amocrm')
    return true
  })
}

/** @returns when the card was told that the assistant waits */
async function told(
  app: Pick<App, 'business' | 'wake'>,
  tx: Parameters<typeof enqueue>[0],
  lead: Lead,
): Promise<Date> {
  const { card } = texts[lead.language ?? app.business.language]
  const { id } = await enqueue(tx, {
    leadId: lead.id,
    turnId: null,
    channel: 'amocrm',
    key: `lead:${lead.id}:waits-for-address`,
    payload: { kind: 'note', text: card.waitsForAddress(app.business.amocrm.waitForContactHours) },
  })
  app.wake.up('amocrm')
  return one(await tx.query<{ created_at: Date }>('select created_at from outbox where id = $1', [id]))
    .created_at
}

async function incomingStatuses(app: App): Promise<Set<number>> {
  try {
    return (await accountMapOf(app)).incoming
  } catch {
    // amoCRM is away: the lead waits two minutes less or more.
    return new Set()
  }
}
