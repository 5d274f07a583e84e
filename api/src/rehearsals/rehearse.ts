import {
  actions,
  type CalendarStep,
  calendarSteps,
  classifierVersion,
  type Decision,
  type Operation,
  type Proposal,
  proposalSchema,
  type Rehearsed,
  rehearsalTurnId,
  salesVersion,
  type Turn,
} from '@lead/contract'
import { texts } from '../../../texts/index.ts'
import type { Lead } from '../leads/lead.ts'
import { calendarRequest } from '../meetings/calendar-request.ts'
import { googleEventId, type Meeting } from '../meetings/google-event.ts'
import { knownText, ownText } from '../replies/known-text.ts'
import { correctPick } from '../turns/correct-pick.ts'
import { fallbackDecision } from '../turns/fallback-decision.ts'
import { judgeProposal } from '../turns/judge-proposal.ts'
import { renderReply } from '../turns/render-reply.ts'
import { stageAfter } from '../turns/stage-after.ts'
import type { RehearsalPorts } from './rehearsal-turn.ts'

/** What a step of a rehearsal reports: what the step before answered, and what a real turn would report. */
export type RehearsalReport = {
  rehearsed: Decision | null
  data: Record<string, unknown>
  mayTryAgain?: boolean
}

/** An answer as of a real turn, with what the step would do in earnest. */
export type RehearsalAnswer = Rehearsed & Record<string, unknown>

/**
 * The answer to one report of a rehearsal. It is checked and worded by the same code as that of a real turn, out of the
 * business rules alone: there is no database, no outbox and nobody to write to behind these ports.
 * @throws ZodError for a proposal that is none
 */
export function rehearse(
  app: RehearsalPorts,
  turn: Turn,
  operation: Operation,
  report: RehearsalReport,
): RehearsalAnswer {
  const { rehearsed } = report
  const meeting = rehearsed && meetingOf(app, turn, rehearsed)
  const keep = (answer: Record<string, unknown>, would: Record<string, unknown>): RehearsalAnswer => ({
    ...answer,
    rehearsed,
    would,
  })
  const known = { busy: turn.calendar.busy }
  switch (operation) {
    case 'begin':
      return keep({ isOurs: true }, {})
    case 'journal': {
      const { decision, refused } = decide(app, turn, proposalSchema.parse(report.data))
      // As in earnest the models try again; an example of n8n's editor goes straight on.
      if (refused && report.mayTryAgain)
        return {
          outcome: 'again',
          problem: refused,
          busy: turn.calendar.busy,
          askGoogle: false,
          rehearsed: null,
          would: {},
        }
      const { action, note } = decision.sales
      const would = {
        store: {
          action,
          means: actions[action].meaning,
          note,
          ...(refused && { insteadOfTheModels: refused }),
        },
      }
      return { outcome: 'accepted', rehearsed: decision, would }
    }
    case 'askBusy':
      return keep({ ...known, ask: false }, { readTheCacheOfBusyTimes: true })
    case 'rememberBusy':
      return keep(known, { keepBusyTimes: true })
    case 'lookUp':
      return keep({ knowledge: turn.brief.knowledge }, { lookUp: report.data['question'] ?? null })
    case 'calendar':
      return keep(
        { next: 'done' },
        { askGoogle: rehearsed && meeting ? requestsOf(app, turn, rehearsed, meeting) : [] },
      )
    case 'act': {
      const did = (step: Operation) => rehearse(app, turn, step, report).would
      return keep(
        { next: 'done' },
        { ...did('calendar'), ...did('send'), ...did('updateCrm'), ...did('complete') },
      )
    }
    case 'send':
      return keep(
        { outcome: 'queued', outboxIds: [] },
        { writeInTelegram: rehearsed && wordsOf(turn, rehearsed, meeting) },
      )
    case 'updateCrm': {
      const stage = rehearsed && stageAfter(leadOf(turn, app.now()), rehearsed, meeting !== null)
      const meetingAt = meeting?.starts_at.toISOString() ?? null
      return keep(
        { outcome: 'queued', outboxIds: [] },
        { writeOnTheCard: { stage, meetingAt, note: rehearsed?.sales.note ?? null } },
      )
    }
    case 'enrich':
      return keep({ outcome: 'taken' }, { keepFacts: report.data['facts'] ?? null })
    case 'complete':
      return keep({ done: true }, { endTheTurn: true })
    case 'fail':
      return keep({ taken: true }, { tryAgainLater: report.data })
    default:
      return keep({ taken: true }, {})
  }
}

/** As the journal decides, but for what only a database knows; a refused proposal is not sent back, our own words take its place. */
function decide(
  app: RehearsalPorts,
  { brief, calendar, turn }: Turn,
  given: Proposal,
): { decision: Decision; refused: string | null } {
  const { company } = app.business
  const { language } = brief
  const { timeZone } = calendar
  const name = texts[language].rehearsal.name
  const own = [JSON.stringify(ownText(app.business)), ...brief.newMessages.map(({ text }) => text)].join('\n')
  const picked =
    calendar.picked === 'which'
      ? 'which'
      : (calendar.offered.find(({ id }) => id === calendar.picked) ?? null)
  const hasMeeting = brief.meeting !== null
  const meant = correctPick(given, { offers: calendar.offered, picked }, { hasMeeting, language })
  const { proposal, problem: refused } = judgeProposal(meant, {
    items: app.business.knowledge,
    own,
    known: knownText(app.business),
    hasMeeting,
    name,
    now: app.now(),
    timeZone,
    booked: calendar.meeting
      ? { start: calendar.meeting.start, offered: calendar.offered.map(({ start }) => start) }
      : undefined,
    manners: { asked: brief.asked, truth: brief.truth, known: brief.facts, address: brief.address },
  })
  if (refused)
    return { decision: fallbackDecision(proposal, { language, kind: turn.kind, company }), refused }
  const promptVersions = {
    classifier: proposal.classification ? classifierVersion : null,
    sales: salesVersion,
  }
  return { decision: { ...proposal, promptVersions, origin: 'ai' }, refused }
}

/** The time that the decision takes, as the meeting that it would become. */
export function meetingOf(
  app: RehearsalPorts,
  { calendar }: Turn,
  { sales, offers }: Decision,
): Meeting | null {
  const offer = [...offers, ...calendar.offered].find(({ id }) => id === sales.offerId)
  if (!actions[sales.action].takesTime || !offer) return null
  const seller = app.business.sellers.find(({ id }) => id === offer.sellerId)
  const now = app.now()
  return {
    id: 0,
    lead_id: 0,
    seller_id: offer.sellerId,
    turn_id: null,
    status: 'held',
    starts_at: new Date(offer.start),
    ends_at: new Date(offer.end),
    previous_starts_at: null,
    previous_ends_at: null,
    hold_until: null,
    calendar_id: seller && seller.calendar !== 'default' ? seller.calendar : app.config.google.calendarEmail,
    guest_email: null,
    google_event_id: googleEventId({ id: rehearsalTurnId, created_at: now }, 0),
    etag: null,
    meet_link: null,
    updated_at: now,
    left_out: [],
    task_key: null,
  }
}

/** The requests of a booking to which Google answers as one hopes. */
function requestsOf(app: RehearsalPorts, turn: Turn, { sales }: Decision, meeting: Meeting) {
  const steps: CalendarStep[] =
    actions[sales.action].calendar === 'book' ? ['find', 'check', 'insert', 'recheck'] : []
  return steps.map((step) => ({
    name: step,
    step: calendarSteps[step].title,
    method: calendarSteps[step].method,
    request: calendarRequest(app, step, meeting, leadOf(turn, app.now())),
  }))
}

const wordsOf = ({ brief, calendar }: Turn, decision: Decision, meeting: Meeting | null) =>
  renderReply(decision, {
    language: brief.language,
    timeZone: calendar.timeZone,
    meeting,
    name: texts[brief.language].rehearsal.name,
  })

/** The person who does not exist. */
function leadOf({ brief, calendar }: Turn, now: Date): Lead {
  const { language, facts } = brief
  const { timeZone } = calendar
  const nothing = null
  return {
    id: 0,
    name: texts[language].rehearsal.name,
    contact_id: nothing,
    contact_name: texts[language].rehearsal.name,
    phone: nothing,
    phones: [],
    email: nothing,
    said_email: nothing,
    refused_emails: [],
    asked_email: null,
    asked_email_turn_id: null,
    confirmed_email: null,
    declined_emails: [],
    telegram_username: nothing,
    telegram_user_id: nothing,
    bound_by: nothing,
    bound_sign: nothing,
    language,
    language_source: nothing,
    language_confidence: nothing,
    time_zone: timeZone,
    zone_source: nothing,
    zone_confidence: nothing,
    stop_asked_at: nothing,
    stage: brief.stage === 'qualified' || brief.stage === 'booked' ? brief.stage : 'contacted',
    stage_since: now,
    stage_by: 'rehearsal',
    facts,
    card: {},
    enriched: null,
    variant: null,
    pipeline_id: nothing,
    status_id: nothing,
    responsible_user_id: nothing,
    has_guest_tag: false,
    card_updated_at: nothing,
    written_pipeline_id: nothing,
    written_status_id: nothing,
    written_fields: {},
    locked_stage: nothing,
    card_gone_at: nothing,
    continues_lead_id: nothing,
    transcript_due_at: nothing,
    control: 'ai',
    control_until: nothing,
    control_by: nothing,
    control_reason: nothing,
    control_source: 'start',
    control_since: nothing,
    opted_out_at: nothing,
    opted_out_source: nothing,
    needs_approval: nothing,
    snoozed_until: nothing,
    created_at: now,
    updated_at: now,
  }
}
