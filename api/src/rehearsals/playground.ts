import { randomBytes } from 'node:crypto'
import {
  calendarStepSchema,
  type Decision,
  decisionSchema,
  languageSchema,
  offerSchema,
  type Operation,
  playgroundSchema,
  rehearsalTurnId,
  type Talk as BriefTalk,
  type Turn,
  turnSchema,
} from '@lead/contract'
import { playgroundTalkSchema } from '@lead/contract/console'
import { formatSlot } from '@lead/scheduling'
import { z } from 'zod'
import { texts } from '../../../texts/index.ts'
import type { App, Ports } from '../app.ts'
import { activeSellers, busyWindow, readBusy } from '../calendar/busy-times.ts'
import { renderHits, searchKnowledge } from '../knowledge/search-knowledge.ts'
import type { Language } from '../leads/lead.ts'
import { chooseVendors } from '../models/choose-vendors.ts'
import { findWords } from '../qualification/find-words.ts'
import { workingHours } from '../settings/business.ts'
import { errorText } from '../text/storable.ts'
import { briefOfNobody } from '../turns/brief-of-nobody.ts'
import { classifierPrompt } from '../turns/classifier-prompt.ts'
import { addressOf, askedOf } from '../turns/heard-in-lines.ts'
import { pickFrom } from '../turns/last-offers.ts'
import { postTurn } from '../turns/post-turn.ts'
import { meetingOf, rehearse, type RehearsalAnswer, type RehearsalReport } from './rehearse.ts'

/** A talk is forgotten when nobody has gone on with it for so long. */
const keptMs = 2 * 3_600_000
/** n8n would have reported by then. */
const longestMs = 150_000
const mostRefusals = 2
/** Each turn is paid for: so many in an hour are a person's, not a program's. */
export const mostPerHour = 120

/** What the cache keeps of a talk: there is no row of it anywhere. */
const keptSchema = playgroundTalkSchema.omit({ id: true, lines: true }).extend({
  userId: z.number(),
  language: languageSchema,
  lines: z.array(playgroundTalkSchema.shape.lines.element.extend({ at: z.string() })),
  offered: z.array(offerSchema),
  justOffered: z.boolean(),
  meeting: z.object({ sellerId: z.string(), start: z.string(), end: z.string() }).nullable(),
  answers: z.number(),
  /** A prompt that is tried in place of the sales step's own. */
  prompt: z.string().nullable(),
  fencing: z.number(),
  /** What is thought about now. */
  turn: turnSchema.nullable(),
  refused: z.array(z.string()),
  begunAt: z.string().nullable(),
})
type Talk = z.infer<typeof keptSchema>

const cardSchema = z.object({ stage: keptSchema.shape.stage })

type TalkPorts = Ports<'cache' | 'now'>
const keyOf = (id: string) => `playground:${id}`

async function read({ cache }: Ports<'cache'>, id: string): Promise<Talk | null> {
  const kept = await cache.get(keyOf(id))
  return kept === null ? null : (keptSchema.safeParse(JSON.parse(kept)).data ?? null)
}
const keep = ({ cache }: Ports<'cache'>, id: string, talk: Talk) =>
  cache.set(keyOf(id), JSON.stringify(talk), keptMs)

/** @returns null when it is nobody's, or somebody else's */
export async function readPlayground(app: TalkPorts, id: string, userId: number) {
  const talk = await read(app, id)
  return talk?.userId === userId ? shown(app, id, talk) : null
}

function shown({ now }: Ports<'now'>, id: string, talk: Talk) {
  const isLost =
    talk.state === 'thinking' &&
    talk.begunAt !== null &&
    now().getTime() - Date.parse(talk.begunAt) > longestMs
  return playgroundTalkSchema.parse({
    id,
    state: isLost ? 'failed' : talk.state,
    problem: isLost ? 'n8n did not finish the turn' : talk.problem,
    stage: talk.stage,
    facts: talk.facts,
    lines: talk.lines.map((line) => ({ ...line, at: new Date(line.at) })),
  })
}

export type Said = {
  id: string | null
  text: string | null
  language: Language
  userId: number
  /** Of the whole talk: what it is begun with counts. Null: the sales step's own. */
  prompt: string | null
}

/** Says something as the lead, or lets the assistant begin; n8n thinks about it as about any turn. */
export async function sayInPlayground(
  app: App,
  { id: given, text, language, userId, prompt }: Said,
): Promise<ReturnType<typeof shown> | 'unknown' | 'busy' | 'no models'> {
  const id = given ?? `playground-${randomBytes(8).toString('hex')}`
  const known = given === null ? newTalk(userId, language, prompt) : await read(app, id)
  if (known?.userId !== userId) return 'unknown'
  if (shown(app, id, known).state === 'thinking' || known.state === 'handed_off') return 'busy'
  const vendors = await chooseVendors(app)
  if (vendors.length === 0) return 'no models'
  const at = app.now().toISOString()
  const talk: Talk = {
    ...known,
    lines: text === null ? known.lines : [...known.lines, { from: 'lead', text, at, thought: null }],
    answers: known.answers + (text === null ? 0 : 1),
    fencing: known.fencing + 1,
    state: 'thinking',
    problem: null,
    refused: [],
    begunAt: at,
  }
  talk.turn = await turnOf(app, id, talk, vendors)
  await keep(app, id, talk)
  try {
    await postTurn(app, talk.turn)
  } catch (error) {
    talk.state = 'failed'
    talk.problem = `n8n was not reached: ${errorText(error)}`
    await keep(app, id, talk)
  }
  return shown(app, id, talk)
}

const newTalk = (userId: number, language: Language, prompt: string | null): Talk => ({
  userId,
  language,
  lines: [],
  facts: {},
  stage: 'new',
  offered: [],
  justOffered: false,
  meeting: null,
  answers: 0,
  prompt,
  fencing: 0,
  state: 'idle',
  problem: null,
  turn: null,
  refused: [],
  begunAt: null,
})

/** The turn as it would be dispatched: what is known of the calendars and the knowledge is real, the lead is nobody. */
async function turnOf(app: App, id: string, talk: Talk, vendors: Turn['models']['ask']): Promise<Turn> {
  const { business } = app
  const { language, facts, stage, lines, offered } = talk
  const { timeZone } = business
  const now = app.now()
  const lastOurs = lines.findLastIndex(({ from }) => from === 'assistant')
  const [history, fresh] = [lines.slice(0, lastOurs + 1), lines.slice(lastOurs + 1)]
  const kind = lines.length === 0 ? 'first_touch' : 'answer'
  const heard = lines.map(({ from, text }, index) => ({ author: from, text, handled: index <= lastOurs }))
  const label = (start: string) => formatSlot(start, timeZone, language)
  const common: BriefTalk = {
    kind,
    language,
    now: { iso: now.toISOString(), text: label(now.toISOString()), timeZone },
    lead: { name: texts[language].rehearsal.name },
    summary: [],
    history: history
      .slice(-business.conversation.historyMessages)
      .map(({ from, text, at }) => ({ from, text, at })),
    newMessages: fresh.map(({ text, at }) => ({ text, at })),
    meeting: talk.meeting ? { label: label(talk.meeting.start) } : null,
  }
  const [sellers, busy, hits] = await Promise.all([
    activeSellers(app),
    readBusy(app),
    searchKnowledge(app.db, fresh.map(({ text }) => text).join('\n')),
  ])
  const known = business.sellers.filter((seller) => sellers.some((row) => row.id === seller.id))
  const nobody = briefOfNobody(business, language)
  const picked = pickFrom(
    offered,
    fresh.map(({ text }) => ({ text, answers_newest: talk.justOffered })),
  )
  const { meeting } = business
  const window = busyWindow(app)
  return {
    turn: {
      id: rehearsalTurnId,
      fencing: talk.fencing,
      kind,
      leadId: 0,
      rehearsal: playgroundSchema.parse(id),
    },
    decided: false,
    models: { ask: vendors, ...app.config.models, salesPrompt: talk.prompt },
    classifierPrompt: classifierPrompt(common, offered),
    brief: {
      ...common,
      business: {
        company: business.company.name[language],
        seller: business.company.seller[language],
        offer: business.company.offer[language],
        disclosure: business.company.disclosure[language],
      },
      knowledge: renderHits(hits),
      ...nobody,
      facts,
      stage,
      address: addressOf(
        app,
        heard.map((line) => ({ ...line, author: line.author === 'lead' ? 'lead' : 'ai' })),
      ),
      asked: askedOf(heard),
      standing: { ...nobody.standing, answers: talk.answers, justOffered: talk.justOffered },
    },
    calendar: {
      now: now.toISOString(),
      timeZone,
      lang: language,
      withZone: false,
      durationMin: meeting.durationMin,
      stepMin: meeting.stepMin,
      minNoticeMin: meeting.minNoticeMin,
      window,
      count: meeting.offers,
      ownSeller: null,
      sellers: known.map((seller) => ({
        id: seller.id,
        timeZone: seller.timeZone,
        workingHours: workingHours(seller),
        bufferBefore: meeting.bufferBeforeMin,
        bufferAfter: meeting.bufferAfterMin,
      })),
      // Google is asked nothing: what is not known at the moment counts as free.
      busy: busy ?? Object.fromEntries(known.map(({ id: seller }) => [seller, []])),
      offered,
      picked: picked === null || picked === 'which' ? picked : picked.id,
      meeting: talk.meeting && {
        sellerId: talk.meeting.sellerId,
        start: talk.meeting.start,
        from: talk.meeting.start,
        to: talk.meeting.end,
      },
    },
    freeBusy: { body: { timeMin: window.from, timeMax: window.to, items: [] } },
  }
}

/**
 * A report of n8n about the turn of a talk. What an older execution brings changes nothing.
 * @returns null when there is no such talk
 * @throws ZodError for a proposal that is none
 */
export async function reportPlayground(
  app: App,
  id: string,
  operation: Operation,
  report: RehearsalReport,
): Promise<RehearsalAnswer | null> {
  const talk = await read(app, id)
  if (!talk?.turn) return null
  const isOld = report.data['fencing'] !== talk.turn.turn.fencing || talk.state !== 'thinking'
  if (isOld && operation === 'journal')
    return { outcome: 'superseded', reason: 'a newer message', rehearsed: null, would: {} }
  const answer = rehearse(app, talk.turn, operation, {
    ...report,
    mayTryAgain: talk.refused.length < mostRefusals,
  })
  if (isOld) return answer
  const next = follow(app, talk, operation, report, answer)
  if (next) await keep(app, id, next)
  return answer
}

/** The talk after a report; null when it says nothing new. */
function follow(
  app: App,
  talk: Talk,
  operation: Operation,
  { data }: RehearsalReport,
  answer: RehearsalAnswer,
): Talk | null {
  if (operation === 'fail')
    return { ...talk, state: 'failed', problem: String(data['reason'] ?? 'n8n gave the turn back') }
  if (operation !== 'journal') return operation === 'complete' || operation === 'act' ? endOf(talk) : null
  const { problem } = answer
  if (typeof problem === 'string') return { ...talk, refused: [...talk.refused, problem] }
  const decision = decisionSchema.nullable().parse(answer.rehearsed)
  return decision && decided(app, talk, decision)
}

const endOf = (talk: Talk): Talk => ({
  ...talk,
  state: talk.lines.at(-1)?.thought?.action === 'handoff' ? 'handed_off' : 'idle',
})

function decided(app: App, talk: Talk, decision: Decision): Talk {
  if (!talk.turn) return talk
  const said = talk.lines.flatMap(({ from, text }, id) => (from === 'lead' ? [{ id, text }] : []))
  const learned = Object.entries(decision.classification?.facts ?? {}).filter(
    ([, value]) => value && findWords(value, said) !== null,
  )
  const facts = { ...talk.facts, ...Object.fromEntries(learned) }
  // What was just learned counts for the stage.
  const turn: Turn = { ...talk.turn, brief: { ...talk.turn.brief, facts } }
  const would = (operation: Operation) =>
    rehearse(app, turn, operation, { rehearsed: decision, data: {} }).would
  const taken = meetingOf(app, turn, decision)
  const { stage } = cardSchema.parse(would('updateCrm')['writeOnTheCard'])
  const google = z.array(z.object({ name: calendarStepSchema })).parse(would('calendar')['askGoogle'])
  const { action, note } = decision.sales
  const meeting = taken
    ? {
        sellerId: taken.seller_id,
        start: taken.starts_at.toISOString(),
        end: taken.ends_at.toISOString(),
      }
    : action === 'cancel'
      ? null
      : talk.meeting
  const at = app.now()
  const text = String(would('send')['writeInTelegram'] ?? '')
  return {
    ...talk,
    facts,
    stage,
    meeting,
    offered: action === 'offer_times' ? decision.offers : taken ? [] : talk.offered,
    justOffered: action === 'offer_times',
    lines: [
      ...talk.lines,
      {
        from: 'assistant',
        text,
        at: at.toISOString(),
        thought: {
          intent: decision.classification?.intent ?? null,
          action,
          note,
          origin: decision.origin,
          refused: talk.refused,
          stage,
          google: google.map(({ name }) => name),
          ms: talk.begunAt ? at.getTime() - Date.parse(talk.begunAt) : 0,
        },
      },
    ],
  }
}
