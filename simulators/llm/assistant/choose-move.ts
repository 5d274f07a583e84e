import type { Offer, Turn } from '../brain/turn.ts'
import { classify } from '../classifier/classify.ts'
import { phrase, plain } from '../classifier/phrase.ts'
import { pickOffer } from '../classifier/pick-offer.ts'

export type Action = 'talk' | 'offer_times' | 'book' | 'move' | 'cancel' | 'handoff' | 'close'

/** What the assistant does next: the action, and which kind of text goes with it. */
export type Move = { action: Action; say: Say; offer: Offer | null }

export type Say =
  | 'first_touch'
  | 'follow_up'
  | 'reminder'
  | 'no_show'
  | 'silence'
  | 'snooze'
  | 'close'
  | 'handoff'
  | 'cancelled'
  | 'booked'
  | 'moved'
  | 'wishUnclear'
  | 'wishTaken'
  | 'moveTimes'
  | 'askDay'
  | 'objection'
  | 'question'
  | 'questionTimes'
  | 'interestedTimes'
  | 'wantsMeetingTimes'
  | 'interested'
  | 'greeting'

const angry = phrase([
  'бес(ит|ите)',
  'достали',
  'надоел*',
  'обман*',
  'в суд',
  'жалоб*',
  'пожалу(юсь|емся)',
  'верните деньги',
  'безобрази*',
  'angry',
  'ridiculous',
  'terrible',
  'complain*',
  'lawyer',
  'refund',
  'fed up',
])

/** Follows the rules of the sales prompt, first that fits. */
export function chooseMove(turn: Turn): Move {
  const said = turn.newMessages.map((message) => message.text).join('\n')
  const intent = turn.classification?.intent ?? classify(turn).intent
  const times = turn.offers.length > 0 && turn.plan?.offer !== 'just made'
  const withTimes = (say: Say): Move => ({ action: times ? 'offer_times' : 'talk', say, offer: null })
  const just = (action: Action, say: Say): Move => ({ action, say, offer: null })

  if (turn.kind === 'no_show') return withTimes('no_show')
  if (turn.kind !== 'answer') return just('talk', turn.kind)
  if (intent === 'opt_out') return just('close', 'silence')
  if (intent === 'wants_human' || angry.test(plain(said))) return just('handoff', 'handoff')
  if (intent === 'snooze') return just('talk', 'snooze')
  const picked = pickedOffer(turn, said, intent)
  if (picked)
    return { action: turn.meeting ? 'move' : 'book', say: turn.meeting ? 'moved' : 'booked', offer: picked }
  if (turn.meeting && intent === 'cancel') return just('cancel', 'cancelled')
  if (turn.wishUnclear) return withTimes('wishUnclear')
  if (turn.wishFree === false) return withTimes('wishTaken')
  if (intent === 'reschedule') return withTimes('moveTimes')
  if (intent === 'not_interested') return just('close', 'close')
  if (['wants_meeting', 'picks_time', 'counter_offer'].includes(intent))
    return times ? withTimes('wantsMeetingTimes') : just('talk', 'askDay')
  if (intent === 'objection') return just('talk', 'objection')
  const ready = times && !turn.meeting && isWarm(turn)
  if (intent === 'question') return ready ? withTimes('questionTimes') : just('talk', 'question')
  if (intent === 'interested') return ready ? withTimes('interestedTimes') : just('talk', 'interested')
  return just('talk', intent === 'greeting' ? 'greeting' : 'question')
}

function pickedOffer(turn: Turn, said: string, intent: string): Offer | null {
  const named = turn.offers.find((offer) => offer.id === turn.classification?.pickedOfferId)
  if (named) return named
  const wishes = ['picks_time', 'wants_meeting', 'counter_offer', 'reschedule'].includes(intent)
  if (!wishes || turn.wishFree === false || turn.wishUnclear) return null
  return pickOffer(said, turn, turn.classification === null)
}

/** One exchange that told the need, or two exchanges of any kind, are enough to propose a meeting. */
function isWarm(turn: Turn): boolean {
  const exchanges = turn.history.filter(
    (line, index) => line.from === 'lead' && turn.history[index - 1]?.from !== 'lead',
  )
  const need = turn.facts.need ?? turn.classification?.facts.need ?? classify(turn).facts.need
  return exchanges.length >= 1 || Boolean(need)
}
