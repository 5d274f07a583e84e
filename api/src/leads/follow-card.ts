import type { PoolClient } from 'pg'
import { accountMapOf } from '../amocrm/account-map.ts'
import type { AccountMap } from '../amocrm/status-map.ts'
import type { App, Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction } from '../database/pool.ts'
import { clip } from '../text/storable.ts'
import { addLead } from './add-lead.ts'
import { cardIsBack } from './card-gone.ts'
import { followTags } from './follow-tags.ts'
import { turnCardAway } from '../erasure/turn-away.ts'
import { isClosed } from './is-closed.ts'
import { findLead, type Lead, lockLead, requireLead, type Stage } from './lead.ts'
import { personArrived } from './person-arrived.ts'
import { type Card, mainContactId, personOf } from './read-card.ts'
import { keepRequest, readRequest } from './read-request.ts'
import { restoreThatForgot } from '../restore/restore-window.ts'
import { setControl } from './set-control.ts'
import { setStage } from './set-stage.ts'
import { furtherStage } from './stage-rank.ts'

export type Followed = 'added' | 'known' | 'closed' | 'not ours' | 'older'

/**
 * Makes our lead agree with its card in amoCRM. What is on the card and not from us is a human's will and wins: status,
 * responsible person, tags. Repeating it changes nothing, and a card that was read earlier than the newest one neither.
 * @param announced whether a lead that we do not know is a new one
 */
export async function followCard(
  app: App,
  card: Card,
  { announced }: { announced: boolean },
): Promise<Followed> {
  const { lead } = card
  const map = await accountMapOf(app)
  const answer = await inTransaction(app.db, async (tx): Promise<Followed> => {
    const known = await lockLead(tx, lead.id)
    if (!known) {
      if (!announced || !isWorked(app, map, lead.pipeline_id)) return 'not ours'
      if (await turnCardAway(app, tx, card)) return 'not ours'
      if (await addLead(app, tx, card)) {
        await followTags(app, tx, await reread(tx, lead.id), lead)
        return isClosed(lead.status_id) ? 'closed' : 'added'
      }
      return 'known'
    }
    if (known.card_updated_at && lead.updated_at * 1000 < known.card_updated_at.getTime()) return 'older'
    if (known.card_gone_at) await cardIsBack(tx, lead.id)
    await followFacts(app, tx, known, card)
    await followStatus(app, tx, known, card, map)
    await followResponsible(tx, known, card)
    await followTags(app, tx, await reread(tx, lead.id), lead)
    await tx.query('update leads set card_updated_at = to_timestamp($2) where id = $1', [
      lead.id,
      lead.updated_at,
    ])
    return isClosed(lead.status_id) ? 'closed' : 'known'
  })
  for (const work of ['inbox', 'turns', 'amocrm'] as const) app.wake.up(work)
  return answer
}

const reread = (tx: PoolClient, id: number) => requireLead(findLead(tx, id))

const isWorked = (app: Ports<'business' | 'config'>, map: AccountMap, pipelineId: number) =>
  map.pipelines.get(pipelineId)?.worked ?? app.business.amocrm.pipelines.length === 0

/** Names and ways to reach the person. A contact that was not read changes nothing. */
async function followFacts(
  app: Ports<'business' | 'config'>,
  tx: PoolClient,
  known: Lead,
  { lead, contact }: Card,
): Promise<void> {
  const person = contact && personOf(contact, app.business)
  await tx.query(
    `update leads set name = $2, contact_id = $3, contact_name = coalesce($4, contact_name), phones = coalesce($5::text[], phones), phone = coalesce(($5::text[])[1], phone),
       email = coalesce($6, email), telegram_username = coalesce($7, telegram_username), updated_at = now()
     where id = $1`,
    [
      known.id,
      clip(lead.name ?? known.name, 500),
      contact?.id ?? mainContactId(lead),
      person?.name ?? null,
      person?.phones.length ? person.phones : null,
      person?.email ?? null,
      person?.telegram ?? null,
    ],
  )
  if (contact) await keepRequest(tx, known.id, readRequest({ lead, contact }, app.business))
  if (person) await personArrived(app, tx, known, person, contact.id)
}

async function followStatus(
  app: Ports<'business' | 'config'>,
  tx: PoolClient,
  known: Lead,
  { lead }: Card,
  map: AccountMap,
): Promise<void> {
  if (known.status_id === lead.status_id && known.pipeline_id === lead.pipeline_id) return
  await tx.query(
    `update leads set status_id = $2, pipeline_id = $3, written_status_id = null, written_pipeline_id = null where id = $1`,
    [known.id, lead.status_id, lead.pipeline_id],
  )
  const ours =
    known.written_status_id === lead.status_id &&
    (known.written_pipeline_id ?? lead.pipeline_id) === lead.pipeline_id
  if (ours || known.status_id === null) return
  const pipeline = map.pipelines.get(lead.pipeline_id)
  const closing: Stage | undefined = ({ 142: 'won', 143: 'lost' } as const)[lead.status_id]
  const mapped: Stage | undefined = closing ?? pipeline?.stageOf.get(lead.status_id)
  const reopened = isClosed(known.status_id)
  const stage: Stage = mapped ?? (reopened ? 'contacted' : known.stage)
  // What was done in the time that a restore has forgotten was most likely done by us: it is followed, and binds nobody.
  const forgot = await restoreThatForgot(tx, new Date(lead.updated_at * 1000))
  const reached = furtherStage(known.stage, stage)
  const locked = reopened || closing ? stage : forgot ? undefined : reached
  await setStage(tx, known.id, { stage, by: 'amocrm', ...(locked && { locked }) })
  await audit(tx, {
    actor: 'amocrm',
    action: 'lead.status_followed',
    leadId: known.id,
    details: { from: known.status_id, to: lead.status_id, stage, by: lead['updated_by'] ?? null },
  })
  const reason = closing
    ? `the lead was closed as ${closing} in amoCRM`
    : isWorked(app, map, lead.pipeline_id)
      ? null
      : `the lead was moved to the pipeline ${pipeline?.name ?? lead.pipeline_id}`
  if (reason) await setControl(tx, known.id, { control: 'human', source: 'card', by: 'amocrm', reason })
}

async function followResponsible(tx: PoolClient, known: Lead, { lead }: Card): Promise<void> {
  const userId = lead.responsible_user_id ?? null
  if (userId === null || userId === known.responsible_user_id) return
  await tx.query('update leads set responsible_user_id = $2, updated_at = now() where id = $1', [
    known.id,
    userId,
  ])
  await audit(tx, {
    actor: 'amocrm',
    action: 'lead.responsible_followed',
    leadId: known.id,
    details: { from: known.responsible_user_id, to: userId },
  })
}
