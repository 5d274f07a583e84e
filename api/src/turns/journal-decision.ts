import {
  actions,
  classifierVersion,
  type Decision,
  type JournalAnswer,
  type Proposal,
  type TurnLease,
} from '@lead/contract'
import type { PoolClient } from 'pg'
import type { App, Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { readBusy } from '../calendar/busy-times.ts'
import { holdNewTime, holdSlot } from '../meetings/hold-slot.ts'
import { bookedMeeting } from '../meetings/booked-meeting.ts'
import { inTransaction, one } from '../database/pool.ts'
import { type DraftKind, keepDraft } from '../drafts/draft.ts'
import { approvalOf } from '../drafts/needs-approval.ts'
import { faultPoint } from '../process/fault-point.ts'
import { type Lead, mayWrite } from '../leads/lead.ts'
import { checkPlaceholders, hideAgain, showPersons } from '../masking/show-persons.ts'
import { knowZone, learnLanguage } from '../leads/know-lead.ts'
import { hearZone } from '../hearing/zone/hear-zone.ts'
import { learnFacts, saidByLead } from '../qualification/learn-facts.ts'
import { entriesOf } from '../text/entries-of.ts'
import { readKnowledge } from '../knowledge/read-knowledge.ts'
import { setControl } from '../leads/set-control.ts'
import { calendarAwayDecision, needsCalendar } from './calendar-away-decision.ts'
import { askAboutInvite, hearInviteAnswer } from './ask-invite-email.ts'
import { codeAnswer } from './code-answer.ts'
import { followEmails } from './follow-emails.ts'
import { knownText } from '../replies/known-text.ts'
import { endTurn, lockTurn, type RunningTurn } from './engine/engine.ts'
import { isReviewed, refusalInWords, type Reviewed, reviewReply } from '../review/review-reply.ts'
import { reasonForSilence } from './reason-for-silence.ts'
import { answerByScore } from './answer-by-score.ts'
import { askedIn, type Manners } from './check-manners.ts'
import { addressOf, askedOf, linesOfLead } from './heard-in-lines.ts'
import { truthOf } from './truth-of.ts'
import { promptName } from './variant-of.ts'
import { correctPick } from './correct-pick.ts'
import { fallbackDecision } from './fallback-decision.ts'
import { judgeProposal } from './judge-proposal.ts'
import { offersOnTheTable, type OnTheTable } from './last-offers.ts'

const maxRefusals = 2
/** The lead may have written meanwhile, and the reply be another. */
const mostReviews = 2

/**
 * Stores what n8n's AI steps decided for a turn, before any effect, together with the time that it takes. Repeating it with
 * the same lease gives the same answer and changes nothing.
 */
export async function journalDecision(app: App, lease: TurnLease, brought: Proposal): Promise<JournalAnswer> {
  let reviewed: Reviewed | null = null
  // A model is not asked while rows are locked: what needs a review is undone, and decided anew with it.
  for (let tries = 0; tries < mostReviews; tries += 1) {
    try {
      return await decideOnce(app, lease, brought, reviewed)
    } catch (error) {
      if (!(error instanceof ReviewNeeded)) throw error
      reviewed = await reviewReply(app, lease, error.lead, error.proposal)
    }
  }
  return decideOnce(app, lease, brought, 'none')
}

/** What was said of a reply; `none`: nobody is asked any more. */
type Review = Reviewed | 'none' | null

/** The reply is one that code lets pass and that nobody has reviewed yet. */
class ReviewNeeded extends Error {
  readonly lead: Lead
  readonly proposal: Proposal
  constructor(lead: Lead, proposal: Proposal) {
    super('the reply is not reviewed')
    this.lead = lead
    this.proposal = proposal
  }
}

function refusalOf(
  app: Ports<'business' | 'config'>,
  lead: Lead,
  proposal: Proposal,
  review: Review,
): string | null {
  if (review === 'none' || !isReviewed(app)) return null
  if (review?.reply !== proposal.sales.reply) throw new ReviewNeeded(lead, proposal)
  return review.refusal && refusalInWords(review.refusal)
}

async function decideOnce(
  app: App,
  lease: TurnLease,
  brought: Proposal,
  review: Review,
): Promise<JournalAnswer> {
  const answer = await inTransaction(app.db, async (tx): Promise<JournalAnswer> => {
    const locked = await lockTurn(tx, lease)
    if (!locked) return { outcome: 'superseded', reason: 'another execution has this turn' }
    const { turn, lead: found } = locked
    if (turn.decision) return { outcome: 'accepted' }
    const isSuggestion = turn.is_suggestion && !mayWrite(found, app.now())
    const silence = await reasonForSilence(tx, turn, found, app.now(), isSuggestion)
    if (silence) {
      await endTurn(tx, lease, 'superseded', silence)
      return { outcome: 'superseded', reason: silence }
    }
    const proposal = turn.hidden ? showPersons(brought, turn.hidden) : brought
    const meeting = await bookedMeeting(tx, found.id)
    const named = await followEmails(tx, found, proposal.classification?.facts.email ?? null)
    const { lead, confirmed } = await hearInviteAnswer(tx, turn, named)
    const known = await codeAnswer(app, tx, { turn, lead, meeting, confirmed }, proposal)
    if (known === 'opted out') {
      await endTurn(tx, lease, 'cancelled', 'the lead opted out')
      return { outcome: 'superseded', reason: 'the lead opted out' }
    }
    if (known && 'silent' in known) {
      await endTurn(tx, lease, 'cancelled', known.silent)
      return { outcome: 'superseded', reason: known.silent }
    }
    const draft = draftOf(app, lead, isSuggestion)
    const decision = known ?? (await decide(app, tx, turn, { lead, meeting, draft, review }, proposal))
    if ('outcome' in decision) return decision
    const decided =
      draft === null
        ? await accept(app, tx, turn, lead, decision)
        : await waitForApproval(tx, lease, turn, lead, { kind: draft, decision })
    faultPoint('journal.before-commit')
    return decided
  })
  faultPoint('journal.committed')
  if (answer.outcome === 'again') {
    answer.busy = await readBusy(app)
    answer.askGoogle = answer.busy === null && brought.offers.length > 0
  }
  return answer
}

/** Whether what is decided waits for a human, and as what. What is only thought is looked at among the turns of the shadow mode. */
function draftOf(app: Ports<'business' | 'mode'>, lead: Lead, isSuggestion: boolean): DraftKind | null {
  if (isSuggestion) return 'suggestion'
  return app.mode !== 'shadow' && approvalOf(app, lead).isOn ? 'approval' : null
}

async function decide(
  app: Ports<'business' | 'config' | 'now'>,
  tx: PoolClient,
  turn: RunningTurn,
  {
    lead,
    meeting,
    draft,
    review,
  }: {
    lead: Lead
    meeting: Awaited<ReturnType<typeof bookedMeeting>>
    draft: DraftKind | null
    review: Review
  },
  given: Proposal,
): Promise<Decision | JournalAnswer> {
  const name = lead.contact_name ?? lead.name
  const knowledge = await readKnowledge(app, tx, lead)
  const table: OnTheTable =
    turn.kind === 'answer' ? await offersOnTheTable(tx, lead.id) : { offers: [], picked: null }
  // What the lead took by a sign or a place in the list, whatever the model read; its own words stay where they do the same.
  const meant = correctPick(given, table, {
    hasMeeting: meeting !== null,
    language: lead.language ?? app.business.language,
  })
  const language = lead.language ?? app.business.language
  const manners = await mannersOf(app, tx, turn, lead)
  const facts = { ...lead.facts, ...saidFacts(meant) }
  if (turn.kind === 'answer') {
    const byScore = answerByScore(meant, {
      facts,
      rules: app.business.qualification,
      language,
      forPeople: app.business.language,
    })
    if (byScore) return byScore
  }
  const truths = Object.values(manners.truth)
  const judged = judgeProposal(meant, {
    items: knowledge.items,
    own: [knowledge.own, ...truths].join('\n'),
    known: knownText(app.business, [...knowledge.answers, ...truths]),
    manners: { ...manners, known: facts },
    hasMeeting: meeting !== null,
    name,
    now: app.now(),
    timeZone: lead.time_zone ?? app.business.timeZone,
    booked: meeting
      ? { start: meeting.starts_at.toISOString(), offered: table.offers.map(({ start }) => start) }
      : undefined,
  })
  const { proposal, cited } = judged
  if (needsCalendar(proposal) && (await everyCalendarIsLost(tx))) {
    return calendarAwayDecision(proposal, { language, when: null })
  }
  const problem =
    (turn.hidden && checkPlaceholders(proposal.sales.reply, turn.hidden)) ??
    judged.problem ??
    refusalOf(app, lead, proposal, review) ??
    // Of a draft the time is taken when it is let through.
    (draft ? null : await takeTime(app, tx, turn, lead, proposal, meeting))
  if (problem && turn.refusals < maxRefusals) {
    await tx.query(
      `update turns set refusals = refusals + 1,
         trace = jsonb_set(trace, '{refused}', coalesce(trace -> 'refused', '[]') || $2::jsonb) where id = $1`,
      [turn.id, JSON.stringify([{ problem, sales: proposal.sales }])],
    )
    const told = turn.hidden ? hideAgain(problem, turn.hidden) : problem
    return { outcome: 'again', problem: told, busy: null, askGoogle: false }
  }
  const decision: Decision = problem
    ? fallbackDecision(
        { ...proposal, offers: proposal.offers.filter((offer) => offer.id !== proposal.sales.offerId) },
        {
          language,
          kind: turn.kind,
          company: app.business.company,
          shown: table.offers,
          truths: askedIn(proposal, manners.asked).map((question) => manners.truth[question]),
        },
      )
    : {
        ...proposal,
        promptVersions: {
          classifier: proposal.classification ? classifierVersion : null,
          sales: promptName(app, lead),
        },
        origin: 'ai',
      }
  if (decision.origin === 'ai' && cited.length > 0)
    await tx.query(`update turns set trace = trace || jsonb_build_object('cited', $2::jsonb) where id = $1`, [
      turn.id,
      JSON.stringify(cited),
    ])
  // Words for a human ask the lead nothing.
  if (draft === 'suggestion') return decision
  return askAboutInvite(app, tx, { turn, lead, meeting }, decision)
}

const saidFacts = ({ classification }: Proposal) =>
  Object.fromEntries(entriesOf(classification?.facts ?? {}).filter(([, value]) => value))

/** What the reply of this turn is held against, as the lead's words stand now. */
async function mannersOf(
  app: Ports<'business'>,
  tx: PoolClient,
  turn: RunningTurn,
  lead: Lead,
): Promise<Omit<Manners, 'known'>> {
  const lines = await linesOfLead(tx, lead.id)
  return {
    asked: turn.kind === 'answer' ? askedOf(lines) : [],
    truth: truthOf(app.business, lead, lead.language ?? app.business.language),
    address: addressOf(app, lines),
  }
}

async function everyCalendarIsLost(tx: PoolClient): Promise<boolean> {
  const { lost } = one(
    await tx.query<{ lost: boolean }>(
      'select not exists (select from sellers where active and disconnected_at is null) as lost',
    ),
  )
  return lost
}

async function accept(
  app: Ports<'mode'>,
  tx: PoolClient,
  turn: RunningTurn,
  lead: Lead,
  decision: Decision,
): Promise<JournalAnswer> {
  await tx.query(
    `with decided as (update turns set decision = $2, decided_at = now(), is_shadow = $3 where id = $1)
     insert into audit_log (actor, action, lead_id, turn_id, details) values ('ai', $4, $5, $1, $6)`,
    [
      turn.id,
      decision,
      app.mode === 'shadow',
      `decision.${decision.sales.action}`,
      lead.id,
      { note: decision.sales.note, origin: decision.origin },
    ],
  )
  await applyToLead(tx, turn.id, lead, decision)
  return { outcome: 'accepted' }
}

/** Nothing is said, held or booked: the turn ends here, and what it decided waits for a human. What was heard is known all the same. */
async function waitForApproval(
  tx: PoolClient,
  lease: TurnLease,
  turn: RunningTurn,
  lead: Lead,
  draft: { kind: DraftKind; decision: Decision },
): Promise<JournalAnswer> {
  const reason = draft.kind === 'approval' ? 'waits for a human to let it through' : 'is words for a human'
  await hear(tx, turn.id, lead, draft.decision)
  // A question that nobody has let through was not asked.
  await tx.query('update leads set stop_asked_at = $2 where id = $1', [lead.id, lead.stop_asked_at])
  await keepDraft(tx, turn, draft)
  await endTurn(tx, lease, 'superseded', reason)
  await audit(tx, {
    actor: 'ai',
    action: `draft.${draft.kind}`,
    leadId: lead.id,
    turnId: turn.id,
    details: { action: draft.decision.sales.action, note: draft.decision.sales.note },
  })
  return { outcome: 'superseded', reason }
}

/** @returns why the time could not be taken, or null */
export async function takeTime(
  app: Ports<'business'>,
  tx: PoolClient,
  turn: Pick<RunningTurn, 'id' | 'refusals'>,
  lead: Lead,
  { sales, offers }: Proposal,
  meeting: Awaited<ReturnType<typeof bookedMeeting>>,
): Promise<string | null> {
  if (!actions[sales.action].takesTime) return null
  const slot = offers.find((offer) => offer.id === sales.offerId)
  if (!slot) return 'offerId is not the id of an offered time'
  const moves = sales.action === 'move'
  if (moves && !meeting) return 'there is no booked meeting to move'
  const held =
    moves && meeting
      ? await holdNewTime(tx, app.business, { turnId: turn.id, meeting, slot })
      : await holdSlot(tx, app.business, { turnId: turn.id, refusals: turn.refusals, leadId: lead.id, slot })
  return held ? null : 'that time has just been taken; offer other times'
}

/** What the decision means for the lead itself: language, facts in the lead's own words, opt-out, human. */
export async function applyToLead(
  tx: PoolClient,
  turnId: number,
  lead: Lead,
  decision: Decision,
): Promise<void> {
  await hear(tx, turnId, lead, decision)
  if (decision.sales.action !== 'handoff') return
  await setControl(tx, lead.id, {
    control: 'human',
    source: 'decision',
    by: 'ai',
    reason: decision.sales.note,
    turnId,
  })
}

async function hear(tx: PoolClient, turnId: number, lead: Lead, { classification }: Decision): Promise<void> {
  if (!classification) return
  const madeUp = await learnFacts(tx, lead.id, classification.facts, 'said')
  if (madeUp.length > 0)
    await tx.query(
      `update turns set trace = trace || jsonb_build_object('madeUp', $2::jsonb) where id = $1`,
      [turnId, JSON.stringify(madeUp)],
    )
  await learnLanguage(tx, lead, { language: classification.language, source: 'classifier' })
  const zone = classification.zoneQuote ? hearZone(classification.zoneQuote) : null
  if (zone && classification.zoneQuote && (await saidByLead(tx, lead.id, classification.zoneQuote)))
    await knowZone(tx, lead.id, { zone, source: 'classifier' })
}
