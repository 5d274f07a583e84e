import {
  type Offer,
  type Rehearsal,
  rehearsalTurnId,
  type Turn,
  type TurnKind,
  vendors,
} from '@lead/contract'
import { findSlots, formatSlot, offerSlots } from '@lead/scheduling'
import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { busyWindow } from '../calendar/busy-times.ts'
import { workingHours } from '../settings/business.ts'
import { briefOfNobody } from '../turns/brief-of-nobody.ts'
import { classifierPrompt } from '../turns/classifier-prompt.ts'
import { renderHits } from '../knowledge/search-knowledge.ts'

/** What a rehearsal may use: no database, no cache, no way to anybody. */
export type RehearsalPorts = Ports<'business' | 'config' | 'now'>

const kinds: Record<Rehearsal, TurnKind> = { first_touch: 'first_touch', wish: 'answer', booking: 'answer' }
const minuteMs = 60_000
const shownItems = 8

/**
 * A turn as it would be dispatched for a person who does not exist, with the company, hours and sellers of
 * config/business.yaml and the calendars free. Times are those of now.
 */
export function rehearsalTurn(app: RehearsalPorts, rehearsal: Rehearsal): { body: Turn } {
  const { language, timeZone, company, meeting, sellers } = app.business
  const said = texts[language].rehearsal
  const now = app.now()
  const ago = (minutes: number) => new Date(now.getTime() - minutes * minuteMs).toISOString()
  const offered = rehearsal === 'booking' ? offersOf(app) : []
  const opening = { from: 'assistant' as const, text: said.opening, at: ago(40) }
  const list = offered.map(({ label }, index) => `${index + 1}) ${label}`).join('\n')
  const talks: Record<Rehearsal, Pick<Turn['brief'], 'history' | 'newMessages'>> = {
    first_touch: { history: [], newMessages: [] },
    wish: { history: [opening], newMessages: [{ text: said.wish, at: ago(1) }] },
    booking: {
      history: [
        opening,
        { from: 'lead', text: said.interest, at: ago(30) },
        { from: 'assistant', text: `${said.offer}\n${list}`, at: ago(29) },
      ],
      newMessages: [{ text: said.pick, at: ago(1) }],
    },
  }
  const common = {
    kind: kinds[rehearsal],
    language,
    now: { iso: now.toISOString(), text: formatSlot(now.toISOString(), timeZone, language), timeZone },
    lead: { name: said.name },
    summary: [],
    ...talks[rehearsal],
    meeting: null,
  }
  const window = busyWindow(app)
  const body: Turn = {
    turn: { id: rehearsalTurnId, fencing: 1, kind: kinds[rehearsal], leadId: 0, rehearsal },
    decided: false,
    models: { ask: [...vendors], ...app.config.models, salesPrompt: null },
    classifierPrompt: classifierPrompt(common, offered),
    brief: {
      ...common,
      business: {
        company: company.name[language],
        seller: company.seller[language],
        offer: company.offer[language],
        disclosure: company.disclosure[language],
      },
      // Without a database nothing is searched for: the first items stand for what would be found.
      knowledge: renderHits(app.business.knowledge.slice(0, shownItems)),
      ...briefOfNobody(app.business, language),
      stage: rehearsal === 'first_touch' ? 'new' : 'contacted',
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
      sellers: sellers.map((seller) => ({
        id: seller.id,
        timeZone: seller.timeZone ?? timeZone,
        workingHours: workingHours(seller),
        bufferBefore: meeting.bufferBeforeMin,
        bufferAfter: meeting.bufferAfterMin,
      })),
      // Known, so that nobody asks Google.
      busy: Object.fromEntries(sellers.map(({ id }) => [id, []])),
      offered,
      picked: offered[1]?.id ?? null,
      meeting: null,
    },
    freeBusy: { body: { timeMin: window.from, timeMax: window.to, items: [] } },
  }
  return { body }
}

/** Times that the first seller would be offered with. */
export function offersOf(app: RehearsalPorts): Offer[] {
  const { language, timeZone, meeting, sellers } = app.business
  const [seller] = sellers
  if (!seller) return []
  const now = app.now().toISOString()
  const window = busyWindow(app)
  const starts = findSlots({
    now,
    hostTz: seller.timeZone ?? timeZone,
    workingHours: workingHours(seller),
    durationMin: meeting.durationMin,
    stepMin: meeting.stepMin,
    minNoticeMin: meeting.minNoticeMin,
    bufferBefore: meeting.bufferBeforeMin,
    bufferAfter: meeting.bufferAfterMin,
    window: [window.from, window.to],
  })
  const slots = starts.map((start) => ({
    start,
    end: new Date(Date.parse(start) + meeting.durationMin * minuteMs).toISOString(),
    sellerId: seller.id,
  }))
  return offerSlots({
    slots,
    wishes: [],
    count: meeting.offers,
    timeZone,
    lang: language,
    withZone: false,
    now,
  }).offers
}
