import type { Language, Turn } from '../brain/turn.ts'
import { type Facts, factsOf } from './facts.ts'
import { intentPhrases, wholeMessages } from './intent-phrases.ts'
import { type Objection, objectionsIn } from './objections.ts'
import { languageOf } from './language.ts'
import { phrase, plain, wordsOf } from './phrase.ts'
import { pickOffer } from './pick-offer.ts'
import { timeQuotes } from './time-quotes.ts'
import { fits, saysTime, timeSigns, weekdayOf } from './time-signs.ts'

export type Intent = keyof typeof intentPhrases | 'picks_time' | 'counter_offer' | 'interested' | 'other'

export type Classification = {
  language: Language
  intent: Intent
  also: Intent[]
  objections: Objection[]
  tone: 'neutral' | 'irritated'
  zoneQuote: string | null
  timeQuotes: string[]
  pickedOfferId: string | null
  facts: Facts
  confidence: number
}

const patterns = Object.fromEntries(
  Object.entries(intentPhrases).map(([intent, phrases]) => [intent, phrase(phrases)]),
) as Record<keyof typeof intentPhrases, RegExp>
const whole = Object.fromEntries(
  Object.entries(wholeMessages).map(([name, words]) => [
    name,
    new RegExp(`^(?:(?:${words.join('|')})[\\s,.!)]*)+$`, 'iu'),
  ]),
) as Record<keyof typeof wholeMessages, RegExp>
const aboutMeeting = phrase([
  '(встреч|встрет|созвон|удобн|врем)*',
  '(meet|call|suits?|time|talk)*',
  '\\[TIMES\\]',
])

const irritated = phrase([
  'бес(ит|ите)',
  'достали',
  'надоел*',
  'сколько можно',
  'ridiculous',
  'annoy*',
  'fed up',
])
const place =
  /(?<![\p{L}])(?:я (?:сейчас )?(?:в|из)|мы (?:в|из)|живу в|i'm (?:in|from)|i live in|we are in) \p{Lu}[\p{L}-]+/u

/** Labels the newest messages as the classifier prompt asks: as one thought, the first intent that fits wins. */
export function classify(turn: Turn): Classification {
  const messages = turn.newMessages.map((message) => message.text).filter(Boolean)
  const said = messages.join('\n')
  const quotes = messages.flatMap(timeQuotes).slice(0, 6)
  const picked = pickOffer(said, turn, true)
  const intent = said ? intentOf(said, turn, quotes, picked !== null) : 'other'
  return {
    language: languageOf(said, turn.language),
    intent,
    also: said ? alsoIn(said, intent) : [],
    objections: intent === 'objection' ? objectionsIn(said) : [],
    tone: irritated.test(plain(said)) ? 'irritated' : 'neutral',
    zoneQuote: place.exec(said)?.[0] ?? null,
    timeQuotes: quotes.map((quote) => quote.slice(0, 500)),
    pickedOfferId: intent === 'picks_time' ? (picked?.id ?? null) : null,
    facts: factsOf(said, intent === 'interested'),
    confidence: { other: 0.4, interested: 0.7 }[intent as string] ?? 0.9,
  }
}

function intentOf(said: string, turn: Turn, quotes: string[], picked: boolean): Intent {
  const text = plain(said)
  const has = (intent: keyof typeof intentPhrases) => patterns[intent].test(text)
  const isAll = (name: keyof typeof wholeMessages) => whole[name].test(text.trim())
  const lastReply = plain(turn.history.findLast((line) => line.from !== 'lead')?.text ?? '')
  const wishes = quotes.length > 0 && !keepsMeeting(text, turn)

  if (isAll('opt_out') || has('opt_out')) return 'opt_out'
  for (const intent of ['abuse', 'auto_reply', 'complaint', 'wrong_person', 'wants_human'] as const)
    if (has(intent)) return intent
  if (has('snooze') && !picked) return 'snooze'
  if (picked && !(has('reschedule') && turn.offers.length === 0)) return 'picks_time'
  if (turn.meeting && (has('reschedule') || (wishes && !has('cancel')))) return 'reschedule'
  if (turn.meeting && has('cancel')) return 'cancel'
  // "Which day suits you?" - "What is free?" goes on about the move.
  if (turn.meeting && has('wants_meeting') && lastReply.includes('?') && aboutMeeting.test(lastReply))
    return 'reschedule'
  if (has('not_interested') && quotes.length === 0) return 'not_interested'
  if (!turn.meeting && quotes.length > 0 && turn.offers.length > 0) return 'counter_offer'
  if (!turn.meeting && (quotes.length > 0 || (has('wants_meeting') && !has('objection'))))
    return 'wants_meeting'
  if (has('objection')) return 'objection'
  if (has('asks_if_bot')) return 'asks_if_bot'
  if (has('asks_source')) return 'asks_source'
  if (isAll('no'))
    return aboutMeeting.test(lastReply)
      ? 'objection'
      : lastReply.includes('?')
        ? 'interested'
        : 'not_interested'
  if (isAll('yes'))
    return !turn.meeting && (turn.offers.length > 0 || aboutMeeting.test(lastReply))
      ? 'wants_meeting'
      : 'interested'
  if (text.includes('?') || has('question')) return 'question'
  const substance = text.replaceAll(new RegExp(patterns.greeting, 'giu'), ' ')
  if (has('greeting') && wordsOf(substance).length < 3) return 'greeting'
  return wordsOf(substance).some((word) => /\p{L}{2}/u.test(word)) ? 'interested' : 'other'
}

/** What a first wish hides: questions that stand beside it. */
const alsoIn = (said: string, intent: Intent): Intent[] =>
  (['asks_if_bot', 'asks_source', 'complaint'] as const).filter(
    (one) => one !== intent && patterns[one].test(plain(said)),
  )

/** "Да, в четверг в 15:00 буду" about the booked meeting is no wish to move it. */
function keepsMeeting(text: string, turn: Turn): boolean {
  if (!turn.meeting) return false
  const today = weekdayOf(turn.now.iso, turn.now.timeZone)
  const wish = timeSigns(text, today)
  return saysTime(wish) && fits(wish, timeSigns(turn.meeting.label, today))
}
