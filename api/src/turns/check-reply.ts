import { actions, type Proposal } from '@lead/contract'
import { ownHours, ownTimes } from './own-times.ts'

/** Why a proposal may not be carried out; null when it may. The reason is shown to the model for its next try. */
export function checkProposal(
  proposal: Proposal,
  facts: { knownText: string; hasMeeting: boolean },
): string | null {
  return (
    checkAction(proposal, facts.hasMeeting) ??
    checkDoubt(proposal) ??
    checkText(proposal.sales.reply, facts.knownText)
  )
}

function checkAction({ sales, offers }: Proposal, hasMeeting: boolean): string | null {
  const { action, offerId, reply } = sales
  const { takesTime } = actions[action]
  if (takesTime && !offers.some((offer) => offer.id === offerId))
    return 'offerId is not the id of an offered time'
  if (!takesTime && offerId !== null) return 'offerId goes only with the actions book and move'
  if ((action === 'move' || action === 'cancel') && !hasMeeting)
    return 'there is no booked meeting to move or cancel'
  if (action === 'book' && hasMeeting) return 'there is a booked meeting already; use the action move'
  if (count(reply, '[MEETING]') > (takesTime || (hasMeeting && action === 'talk') ? 1 : 0))
    return '[MEETING] goes once, with book or move or to speak of the booked meeting'
  if (action === 'offer_times') {
    if (offers.length === 0) return 'there are no free times to offer'
    if (count(reply, '[TIMES]') !== 1) return 'offer_times needs [TIMES] once in the reply'
  } else if (reply.includes('[TIMES]')) return '[TIMES] goes only with the action offer_times'
  return null
}

/** Words of time that can be read in two ways lead to a question; only a pick from the list that the lead saw needs none. */
function checkDoubt({ sales, wishUnclear, classification }: Proposal): string | null {
  if (!actions[sales.action].takesTime || !wishUnclear || classification?.pickedOfferId === sales.offerId)
    return null
  return 'it is unclear which time the lead means: ask, with [TIMES] if there are offers'
}

const rules: { name: string; pattern: RegExp; unlessKnown: boolean }[] = [
  {
    name: 'a link',
    pattern:
      /(?:[a-z]+:\/\/|www\.)\S*[^\s.,;:!?)»"]|\b[\w-]+\.(?:com|ru|net|org|io|me|info|shop|xyz|online)\b(?:\S*[^\s.,;:!?)»"])?|\b[\w-]+\.[a-z]{2,}\/\S+/giu,
    unlessKnown: true,
  },
  {
    name: 'a time or date of its own (write [TIMES] or [MEETING] instead)',
    pattern:
      /\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}\s*(?:[ap]m\b|час(?:а|ов)?(?!\p{L}))|(?<!\p{L})(?:понедельник|вторник|сред[уы]|четверг|пятниц|суббот|воскресен|январ|феврал|март(?=[ае]?(?!\p{L}))|апрел|ма[йяе](?!\p{L})|июн|июл|август|сентябр|октябр|ноябр|декабр)\p{L}*|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?\s+\d{1,2}\b/giu,
    unlessKnown: false,
  },
  {
    name: 'a time or date of its own (write [TIMES] or [MEETING] instead)',
    pattern: ownTimes,
    unlessKnown: false,
  },
  { name: 'a time or date of its own that is not in the knowledge', pattern: ownHours, unlessKnown: true },
  {
    name: 'a price, a discount or a number that is not in the knowledge',
    pattern:
      /[₽$€£]\s*\d(?:[\d.,]*\d)?|\d[\d\s.,]*(?:%|₽|\$|€|£|руб|р\.|usd|eur|rub\b|долл|dollar|евро(?!\p{L})|тыс|процент|percent)/giu,
    unlessKnown: true,
  },
  {
    name: 'words from the instructions',
    pattern:
      /Prompt: |<\/?turn>|\bofferId\b|offer_times|pickedOfferId|system prompt|системн\p{L}+ (?:промпт|инструкц)/giu,
    unlessKnown: false,
  },
  {
    name: 'a placeholder that nobody fills in',
    pattern: /\[(?!(?:TIMES|MEETING)\])[^\]]*\]|\{[^}]*\}/gu,
    unlessKnown: false,
  },
]

/** `knownText` is everything that the business states about itself: a number or link found there may be repeated. */
function checkText(reply: string, knownText: string): string | null {
  const known = normalize(knownText)
  for (const { name, pattern, unlessKnown } of rules) {
    for (const [found] of reply.matchAll(pattern)) {
      if (!unlessKnown || !isKnown(known, normalize(found)))
        return `the reply has ${name}: ${JSON.stringify(found.trim())}`
    }
  }
  return null
}

/** As a whole: 500 is not known because 1500 is. */
const isKnown = (known: string, found: string) =>
  known
    .split(found)
    .slice(0, -1)
    .some((before) => !/\d[\s.,]?$/.test(before))

const normalize = (text: string) => text.toLowerCase().replaceAll(/\s+/g, ' ').trim()
const count = (text: string, part: string) => text.split(part).length - 1
