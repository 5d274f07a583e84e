import { actions, classifierVersion, type Decision, type Proposal, salesVersion } from '@lead/contract'
import type { PoolClient } from 'pg'
import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { one } from '../database/pool.ts'
import { saysYesToInvite } from '../hearing/hear-invite-answer.ts'
import { emailToConfirm, onlyHandsOver } from '../leads/invite-email.ts'
import type { Language, Lead } from '../leads/lead.ts'
import type { Meeting } from '../meetings/google-event.ts'
import type { RunningTurn } from './engine/engine.ts'
import { unanswered } from './unanswered.ts'

/**
 * What the lead says to the question that waits. A yes makes the address the guest of the meeting; anything else ends the question for good.
 * `confirmed`: by the words that this turn answers.
 */
export async function hearInviteAnswer(
  tx: PoolClient,
  turn: RunningTurn,
  lead: Lead,
): Promise<{ lead: Lead; confirmed: string | null }> {
  const read = async () => one(await tx.query<Lead>('select * from leads where id = $1', [lead.id]))
  const { asked_email: asked, asked_email_turn_id: askedBy } = lead
  const lines = asked === null ? [] : await unanswered(tx, lead.id)
  if (
    turn.kind !== 'answer' ||
    asked === null ||
    askedBy === null ||
    askedBy === turn.id ||
    lines.length === 0
  )
    return { lead, confirmed: null }
  const seen = await fateOf(tx, askedBy)
  if (seen === 'never') await takeBackInviteQuestion(tx, askedBy, lead.id)
  if (seen !== 'sent') return { lead: await read(), confirmed: null }
  const isYes = saysYesToInvite(lines, asked)
  await tx.query(
    `update leads set asked_email = null, asked_email_turn_id = null,
       confirmed_email = case when $2 then asked_email else confirmed_email end,
       declined_emails = case when $2 then declined_emails else array_append(declined_emails, asked_email) end
     where id = $1`,
    [lead.id, isYes],
  )
  await audit(tx, {
    actor: 'lead',
    action: isYes ? 'invitation.confirmed' : 'invitation.declined',
    leadId: lead.id,
    turnId: turn.id,
  })
  return { lead: await read(), confirmed: isYes ? asked : null }
}

/**
 * Asks where the invitation shall go, when the lead named an address that nobody vouches for. Once there is a meeting it is asked below
 * whatever is said, so that a booking is never held up; before, only of somebody who just hands the address over.
 */
export async function askAboutInvite(
  app: Ports<'business'>,
  tx: PoolClient,
  { turn, lead, meeting }: { turn: RunningTurn; lead: Lead; meeting: Meeting | null },
  decision: Decision,
): Promise<Decision> {
  if (turn.kind !== 'answer') return decision
  const address = emailToConfirm(lead, turn.id)
  const { action } = decision.sales
  if (!address || (action !== 'talk' && !actions[action].takesTime)) return decision
  const handsOver = action === 'talk' && (await unanswered(tx, lead.id)).every(onlyHandsOver)
  if (!handsOver && !meeting && !actions[action].takesTime) return decision
  await tx.query('update leads set asked_email = $2, asked_email_turn_id = $3 where id = $1', [
    lead.id,
    address,
    turn.id,
  ])
  if (!handsOver) return decision
  const { lead: toLead, card } = texts[lead.language ?? app.business.language]
  return {
    ...said(decision, toLead.askWhereToInvite(address), card.saidByCode.askedWhereToInvite),
    origin: 'code',
  }
}

/** The question that goes out below the words of a turn; null: it asks none, or its words are the question. */
export function inviteQuestionOf(
  app: Ports<'business'>,
  lead: Lead,
  turn: { id: number; decision: Decision },
): string | null {
  if (lead.asked_email === null || lead.asked_email_turn_id !== turn.id || turn.decision.origin === 'code')
    return null
  return texts[lead.language ?? app.business.language].lead.askWhereToInvite(lead.asked_email)
}

/** A yes to the question, while the meeting stands. */
export const inviteDecision = (proposal: Proposal, language: Language, address: string): Decision => ({
  ...said(proposal, texts[language].lead.invites(address), texts[language].card.saidByCode.invited),
  promptVersions: { classifier: proposal.classification ? classifierVersion : null, sales: salesVersion },
  origin: 'code',
})

const said = <Given extends Proposal>(given: Given, reply: string, note: string): Given => ({
  ...given,
  sales: { ...given.sales, reply, action: 'talk', offerId: null, note },
})

/** Whether the lead has the words of a turn before their eyes: only then what they write can be an answer. */
async function fateOf(tx: PoolClient, turnId: number): Promise<'sent' | 'under way' | 'never'> {
  const { rows } = await tx.query<{ state: string }>('select state from outbox where idempotency_key = $1', [
    `turn:${turnId}:send`,
  ])
  const state = rows[0]?.state
  if (state === 'done') return 'sent'
  return state === 'pending' || state === 'sending' ? 'under way' : 'never'
}

/** The question was not sent after all: nobody can answer it. */
export async function takeBackInviteQuestion(tx: PoolClient, turnId: number, leadId: number): Promise<void> {
  await tx.query(
    'update leads set asked_email = null, asked_email_turn_id = null where id = $1 and asked_email_turn_id = $2',
    [leadId, turnId],
  )
}
