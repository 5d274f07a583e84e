import type { Speaker, Turn, Vendor } from '@lead/contract'
import { formatSlot } from '@lead/scheduling'
import type { App, Ports } from '../app.ts'
import type { Queryable } from '../database/pool.ts'
import { bookedMeeting } from '../meetings/booked-meeting.ts'
import { sellerOrder } from '../meetings/seller-order.ts'
import { workingHours } from '../settings/business.ts'
import { activeSellers, busyWindow, readBusy } from '../calendar/busy-times.ts'
import type { Lead } from '../leads/lead.ts'
import { showsZone } from '../leads/shows-zone.ts'
import { hidePersons } from '../masking/hide-persons.ts'
import { noteHidden } from '../masking/note-hidden.ts'
import { noteKnowledge } from '../knowledge/note-knowledge.ts'
import { renderHits } from '../knowledge/search-knowledge.ts'
import { foundFacts } from '../enrichment/enrichment.ts'
import { readGreetingName } from '../person/read-greeting-name.ts'
import type { ClaimedTurn } from './engine/engine.ts'
import { mapFacts } from '../masking/show-persons.ts'
import { addressOf, askedOf } from './heard-in-lines.ts'
import { earlierRequests } from './earlier-requests.ts'
import { standingOf } from './standing-of.ts'
import { salesPromptFor } from './variant-of.ts'
import { truthOf } from './truth-of.ts'
import { classifierPrompt } from './classifier-prompt.ts'
import { offersOnTheTable } from './last-offers.ts'
import { seen } from './seen.ts'

type Author = 'lead' | 'ai' | 'system' | 'human'
type Line = { id: number; author: Author; text: string; at: Date; handled: boolean; quoted: string | null }

/** Of a quoted message, in UTF-16 units. */
const longestQuote = 500

/** What the system says by itself it says in the assistant's place. */
const speakers: Record<Author, Speaker> = {
  lead: 'lead',
  ai: 'assistant',
  system: 'assistant',
  human: 'seller',
}

/**
 * Everything that n8n needs to think about a turn, so that it never has to ask. `turn`, `calendar` and `freeBusy` are for our
 * nodes; `classifierPrompt` and `brief` are for the models. `ask`: the vendors to ask.
 */
export async function turnContext(app: App, turn: ClaimedTurn, lead: Lead, ask: Vendor[]): Promise<Turn> {
  const language = lead.language ?? app.business.language
  const timeZone = lead.time_zone ?? app.business.timeZone
  const now = app.now()
  const sellers = await activeSellers(app)
  const lines = await readLines(app, lead.id)
  const [summary, table, meeting, order, busy, standing, earlier] = await Promise.all([
    readSummary(app.db, lead.id, lines),
    offersOnTheTable(app.db, lead.id),
    bookedMeeting(app.db, lead.id),
    sellerOrder(app.db, app.business, lead),
    readBusy(app, sellers),
    standingOf(app, lead.id, turn.kind),
    earlierRequests(app.db, lead),
  ])
  const offered = table.offers
  const picked = table.picked === 'which' || table.picked === null ? table.picked : table.picked.id
  const meetingLabel =
    meeting && formatSlot(meeting.starts_at.toISOString(), timeZone, language, { withZone: true })
  const window = busyWindow(app)
  const withZone = showsZone(lead, timeZone, app.business.sellers)
  const named = greetingName(lead)
  const mask = app.business.privacy.maskForModels
    ? hidePersons([lead.contact_name, named], app.business.country)
    : null
  const hide = mask ? mask.hide : (text: string) => text
  const shown = lines.map((line) => ({
    ...line,
    text: hide(line.text),
    quoted: line.quoted && hide(line.quoted.slice(0, longestQuote)),
  }))
  const common = {
    kind: turn.kind,
    language,
    now: {
      iso: now.toISOString(),
      text: formatSlot(now.toISOString(), timeZone, language, { withZone }),
      timeZone,
    },
    lead: { name: named && mask ? mask.standFor(named) : named },
    summary: summary.map(hide),
    history: shown.filter((line) => line.handled).map(toHistory),
    newMessages: shown
      .filter((line) => !line.handled)
      .map((line) => ({ text: line.text, at: line.at.toISOString(), ...quoteOf(line) })),
    meeting: meetingLabel ? { label: meetingLabel } : null,
  }
  const knowledge = await noteKnowledge(app.db, turn.id, {
    request: lead.name,
    said: lines.filter((line) => !line.handled).map((line) => line.text),
  })
  const facts = mapFacts(lead.facts, hide)
  if (mask) await noteHidden(app.db, turn.id, mask.hidden)
  return {
    turn: { id: turn.id, fencing: turn.fencing, kind: turn.kind, leadId: lead.id },
    decided: turn.decision !== null,
    models: { ask, ...app.config.models, salesPrompt: await salesPromptFor(app, lead) },
    classifierPrompt: classifierPrompt(common, offered),
    brief: {
      ...common,
      business: {
        company: app.business.company.name[language],
        seller: app.business.company.seller[language],
        offer: app.business.company.offer[language],
        disclosure: app.business.company.disclosure[language],
      },
      knowledge: renderHits(knowledge),
      facts,
      stage: lead.stage,
      card: {
        title: lead.card.title ? hide(lead.card.title) : null,
        source: lead.card.source ? hide(lead.card.source) : null,
        answers: (lead.card.answers ?? []).map(({ question, answer }) => ({
          question,
          answer: hide(answer),
        })),
        found: foundFacts(lead).map((fact) => mapFacts(fact, hide)),
        earlier: earlier.map((one) => ({ ...one, title: hide(one.title) })),
      },
      address: addressOf(app, lines),
      asked: askedOf(lines),
      truth: truthOf(app.business, lead, language),
      standing,
    },
    calendar: {
      now: now.toISOString(),
      timeZone,
      lang: language,
      withZone,
      durationMin: app.business.meeting.durationMin,
      stepMin: app.business.meeting.stepMin,
      minNoticeMin: app.business.meeting.minNoticeMin,
      window,
      count: app.business.meeting.offers,
      ownSeller: order.own,
      sellers: order.ids.flatMap((id) => {
        const row = sellers.find((candidate) => candidate.id === id)
        const seller = app.business.sellers.find((candidate) => candidate.id === id)
        return row && seller
          ? [
              {
                id: row.id,
                timeZone: row.time_zone,
                workingHours: workingHours(seller),
                bufferBefore: app.business.meeting.bufferBeforeMin,
                bufferAfter: app.business.meeting.bufferAfterMin,
              },
            ]
          : []
      }),
      busy,
      offered,
      picked,
      meeting: meeting && {
        sellerId: meeting.seller_id,
        start: meeting.starts_at.toISOString(),
        from: meeting.blocked_from.toISOString(),
        to: meeting.blocked_to.toISOString(),
      },
    },
    freeBusy: {
      body: {
        timeMin: window.from,
        timeMax: window.to,
        items: sellers.map((seller) => ({ id: seller.calendar_id })),
      },
    },
  }
}

/** What the assistant calls the person; null when neither contact nor card names one. */
const greetingName = (lead: Lead) => readGreetingName(lead.contact_name ?? '') ?? readGreetingName(lead.name)

const toHistory = (line: Line) => ({
  from: speakers[line.author],
  text: line.text,
  at: line.at.toISOString(),
  ...quoteOf(line),
})

/** What the line answers, when it is not what stands right before it: a quoted message, or one that got a reaction. */
const quoteOf = ({ quoted }: Line) => (quoted === null ? {} : { replyTo: quoted })

/** Of the summary: so many answers, and so much of each. */
const summaryLines = 12
const longestSummaryLine = 160

/**
 * What happened before the lines that the model sees, as the answers of that time noted it for the CRM, oldest first: the prompt does not grow
 * with the talk, and what was said is not forgotten.
 */
async function readSummary(db: Queryable, leadId: number, lines: Line[]): Promise<string[]> {
  const first = lines[0]
  if (!first) return []
  const { rows } = await db.query<{ note: string }>(
    `select note from (
       select id, left(decision -> 'sales' ->> 'note', $3) as note from turns
       where lead_id = $1 and decided_at < $2 and decision -> 'sales' ->> 'note' <> ''
       order by id desc limit $4) newest
     order by id`,
    [leadId, first.at, longestSummaryLine, summaryLines],
  )
  return rows.map(({ note }) => note)
}

/** The newest lines, oldest first, in the channel's own order: what came late stands where it was said. A line of the lead is new until a message of ours was written after it was seen; one that was edited since is new again. */
async function readLines(app: Ports<'business' | 'db'>, leadId: number): Promise<Line[]> {
  const { rows } = await app.db.query<Line>(
    `select * from (
       select m.id, coalesce(m.channel_message_id, 9007199254740991) as place, m.author, m.text, coalesce(m.sent_at, m.created_at) as at,
              m.direction = 'out' or ${seen} as handled, q.text as quoted
       from messages m
       left join messages q on m.direction = 'in' and q.account_id = m.account_id and q.peer_id = m.peer_id
         and q.channel_message_id = m.reply_to and q.deleted_at is null
       where m.lead_id = $1 and m.deleted_at is null and not exists (
         select from outbox o where o.channel = 'telegram' and o.message_id = m.id and o.state in ('cancelled', 'dead'))
       order by coalesce(m.channel_message_id, 9007199254740991) desc, m.id desc limit $2) newest
     order by place, id`,
    [leadId, app.business.conversation.historyMessages],
  )
  return rows
}
