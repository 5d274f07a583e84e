import type { Language, Turn } from '../brain/turn.ts'
import { languageOf } from '../classifier/language.ts'
import { type Choose, createChoose } from './choose.ts'
import { type Action, type Move, type Say, chooseMove } from './choose-move.ts'
import { factFor, factsIn } from './knowledge.ts'
import { noteTexts, replyTexts } from './reply-texts.ts'

export type Sales = { reply: string; action: Action; offerId: string | null; note: string }

/** Writes the next message as the sales prompt asks. @param turnText makes two conversations sound different */
export function sell(turn: Turn, turnText: string, seed: number): Sales {
  const said = turn.newMessages.map((message) => message.text).join('\n')
  const language = turn.language ?? languageOf(said)
  const ours = turn.history.filter((line) => line.from !== 'lead').map((line) => line.text)
  const move = chooseMove(turn)
  const pieces = compose(move, turn, said, language)
  const words = fill(pieces, turn, said, language, createChoose(seed, turnText, ours))
  const reply = [...truths(turn), words].join(' ')
  return {
    reply,
    action: move.action,
    offerId: move.offer?.id ?? null,
    note: noteOf(move, turn, said, language),
  }
}

/** What is said first when the lead asks of ourselves. */
function truths({ asked, truth, classification }: Turn): string[] {
  const questions = new Set([...asked, classification?.intent ?? '', ...(classification?.also ?? [])])
  return Object.entries(truth).flatMap(([question, sentence]) => (questions.has(question) ? [sentence] : []))
}

type Piece = keyof (typeof replyTexts)['ru']

const simple: Partial<Record<Say, [withTimes: Piece, without: Piece]>> = {
  follow_up: ['followUp', 'followUp'],
  reminder: ['reminder', 'reminder'],
  no_show: ['noShowTimes', 'noShow'],
  silence: ['silence', 'silence'],
  snooze: ['snooze', 'snooze'],
  close: ['close', 'close'],
  handoff: ['handoff', 'handoff'],
  cancelled: ['cancelled', 'cancelled'],
  booked: ['booked', 'booked'],
  moved: ['moved', 'moved'],
  wishUnclear: ['wishUnclear', 'wishUnclearNoTimes'],
  wishTaken: ['wishTaken', 'wishTakenNoTimes'],
  moveTimes: ['moveTimes', 'moveAskDay'],
  askDay: ['askDay', 'askDay'],
  wantsMeetingTimes: ['offerTimes', 'askDay'],
}

/** The question of the plan. */
const askPieces: Record<string, Piece> = {
  need: 'needQuestion',
  budget: 'budgetQuestion',
  timeline: 'timelineQuestion',
  authority: 'authorityQuestion',
}

function compose(move: Move, turn: Turn, said: string, language: Language): Piece[] {
  const one = simple[move.say]
  if (one) return [one[move.action === 'offer_times' ? 0 : 1]]
  const known = factFor(said, turn.knowledge, language) !== undefined
  const next: Piece = turn.meeting
    ? 'afterMeetingQuestion'
    : (askPieces[turn.plan?.ask ?? ''] ??
      (turn.plan || turn.facts['need'] ? 'meetingQuestion' : 'needQuestion'))
  if (move.say === 'first_touch')
    return [
      turn.lead.name ? 'hello' : 'helloNameless',
      'whoAndWhy',
      ...(turn.card?.answers.length ? (['fromForm'] as const) : []),
      turn.plan?.ask && turn.plan.ask !== 'need'
        ? (askPieces[turn.plan.ask] ?? 'firstQuestion')
        : 'firstQuestion',
    ]
  if (move.say === 'objection')
    return ['objection', ...(known ? (['fromKnowledge'] as const) : []), 'objectionQuestion']
  if (move.say === 'question') return [known ? 'fromKnowledge' : 'unknown', next]
  if (move.say === 'questionTimes') return [known ? 'fromKnowledge' : 'unknown', 'offerTimes']
  if (move.say === 'interestedTimes') return ['thanks', 'offerTimes']
  if (move.say === 'greeting') return ['greetBack', next]
  return ['thanks', next]
}

function fill(pieces: Piece[], turn: Turn, said: string, language: Language, choose: Choose): string {
  const { business } = turn
  const fact = factFor(said, turn.knowledge, language) ?? choose('fact', factsIn(turn.knowledge, language))
  const values: Record<string, string> = {
    name: firstName(turn.lead.name),
    company: inLanguage(business.company, language),
    seller: inLanguage(business.seller, language),
    offer: inLanguage(business.offer, language),
    fact,
    notFree: turn.notFree ?? '',
    form: turn.card?.answers[0]?.answer ?? '',
  }
  const texts = pieces.map((piece) => choose(piece, replyTexts[language][piece]))
  const disclosure = inLanguage(business.disclosure, language)
  if (pieces.includes('whoAndWhy') && disclosure) texts.splice(2, 0, disclosure)
  const text = texts.join(' ').replaceAll(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? '')
  return tidy(text)
}

/** An empty name or fact leaves a comma at the start or two spaces; the first letter is a capital. */
function tidy(text: string): string {
  const clean = text
    .replaceAll(/ {2,}/g, ' ')
    .replace(/^[\s,]+/, '')
    .trim()
  return clean.charAt(0).toUpperCase() + clean.slice(1)
}

const firstName = (name: string | null | undefined) => name?.trim().split(/\s+/)[0] ?? ''

type LocalText = Turn['business']['company']
const inLanguage = (text: LocalText, language: Language) =>
  typeof text === 'object' ? text[language] : (text ?? '')

function noteOf(move: Move, turn: Turn, said: string, language: Language): string {
  const what = said.replaceAll(/\s+/g, ' ').slice(0, 160)
  const key = turn.kind === 'answer' ? move.action : turn.kind
  return noteTexts[language][key].replace('{what}', () => what)
}
