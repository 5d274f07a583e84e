import { type Decision, type Proposal, wants } from '@lead/contract'
import type { PoolClient } from 'pg'
import type { Ports } from '../app.ts'
import type { Meeting } from '../meetings/google-event.ts'
import { hearTongue } from '../hearing/hear-language.ts'
import { saysYesToInvite } from '../hearing/hear-invite-answer.ts'
import { asksOwnTime } from '../hearing/zone/asks-own-time.ts'
import type { Lead } from '../leads/lead.ts'
import { sureOf } from '../leads/know-lead.ts'
import { optOutAccount } from '../leads/opt-out-account.ts'
import { answerByIntent, type Silence } from './answer-by-intent.ts'
import { askStopDecision } from './ask-stop-decision.ts'
import type { RunningTurn } from './engine/engine.ts'
import { foreignDecision } from './foreign-decision.ts'
import { lastOffers } from './last-offers.ts'
import { inviteDecision } from './ask-invite-email.ts'
import { ownTimeDecision } from './own-time-decision.ts'
import { unanswered } from './unanswered.ts'

/**
 * What is answered by code, whatever the models say: a doubtful wish that we stop, a complaint, a language that we do not write, a question
 * about clocks. `opted out`: the classifier hears the wish again after we asked.
 */
export async function codeAnswer(
  app: Ports<'business' | 'now'>,
  tx: PoolClient,
  {
    turn,
    lead,
    meeting,
    confirmed,
  }: { turn: RunningTurn; lead: Lead; meeting: Meeting | null; confirmed: string | null },
  proposal: Proposal,
): Promise<Decision | Silence | 'opted out' | null> {
  if (turn.kind !== 'answer') return null
  const language = lead.language ?? app.business.language
  const { classification } = proposal
  if (classification?.intent === 'opt_out' && lead.stop_asked_at) {
    await optOutAccount(tx, { leadId: lead.id, language, source: 'classifier' })
    return 'opted out'
  }
  // Heard beside another wish it is asked about; it never ends a talk.
  if (classification && wants(classification).includes('opt_out') && !lead.stop_asked_at) {
    await tx.query('update leads set stop_asked_at = now() where id = $1', [lead.id])
    return askStopDecision(proposal, language)
  }
  const texts = await unanswered(tx, lead.id)
  const to = { leadId: lead.id, turnId: turn.id, language }
  // Words for who has the lead already are only words.
  const byIntent = turn.is_suggestion ? null : await answerByIntent(app, tx, to, proposal, texts)
  if (byIntent) return byIntent
  if (texts.map(hearTongue).findLast((tongue) => tongue !== null) === 'other')
    return foreignDecision(proposal)
  if (confirmed && meeting && texts.every((text) => saysYesToInvite([text], confirmed)))
    return inviteDecision(proposal, language, confirmed)
  const asked = texts.map(asksOwnTime).findLast((one) => one !== null)
  if (!asked || !['talk', 'offer_times'].includes(proposal.sales.action)) return null
  const seller = app.business.sellers.find((one) => one.id === (meeting?.seller_id ?? one.id))
  return ownTimeDecision(proposal, {
    now: app.now(),
    language,
    leadZone: lead.time_zone ?? app.business.timeZone,
    isSure: (lead.zone_confidence ?? 0) >= sureOf.phone,
    sellerZone: seller?.timeZone ?? app.business.timeZone,
    offered: meeting ? [] : (await lastOffers(tx, lead.id)).map(({ start }) => start),
    meetingAt: meeting?.starts_at ?? null,
    minutes: asked.minutes,
  })
}
