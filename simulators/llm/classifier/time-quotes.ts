import { phrase, plain, sentencesOf, wordsOf } from './phrase.ts'
import { hourWordsGenitive, meetingWords, resultWords, timeWords } from './time-words.ts'

const strong = phrase(timeWords.strong, 'g')
const weak = phrase(timeWords.weak, 'g')
const meeting = phrase(meetingWords)
const aboutResult = phrase(resultWords)
const joinOnly = new RegExp(`^[\\s,–-]*(?:(?:${timeWords.joins.replaceAll(' ', '\\s+')})[\\s,]*)*$`, 'iu')
const before = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?:${timeWords.before.replaceAll(' ', '\\s+').replaceAll('*', '\\p{L}*')})\\s+)+$`,
  'iu',
)
const after = new RegExp(`^[\\s,]*(?:${timeWords.after.replaceAll(' ', '\\s+')})(?![\\p{L}\\p{N}])`, 'iu')

/** An hour right beside a day belongs to it, whatever comes after: "завтра в 11 поговорим", "tomorrow 3ish". */
const hour = String.raw`(?:\d{1,2}(?:[:.]\d{2})?(?!\d|[ -]?(?:чел|people|person|руб|₽|%|менедж|manager|шт|мин|min|лид|lead|заяв|сотруд|тыс|k))(?: ?(?:am|pm|ish|ч|час(?:а|ов)?|утра|дня|вечера))?|пол[ -]?(?:${hourWordsGenitive})|(?:half past |quarter (?:to|past) )?(?:noon|midday|lunch)(?:-?ish)?|полдень|обеда?)`
const hourAfter = new RegExp(
  String.raw`^[\s,]*(?:(?:где-то|примерно|так|часов|часиков|около|ближе|в|во|к|на|at|by|around|about|maybe|like|@)\s+)*${hour}(?![\p{L}\p{N}])`,
  'iu',
)

type Span = { from: number; to: number }

/** Each mention of a time for a meeting in one message, word for word, in order. */
export function timeQuotes(message: string): string[] {
  let searchFrom = 0
  return sentencesOf(message).flatMap((sentence) => {
    const start = message.indexOf(sentence, searchFrom)
    searchFrom = start + sentence.length
    return quotesOf(sentence)
  })
}

function quotesOf(sentence: string): string[] {
  const text = plain(sentence)
  const aboutMeeting = meeting.test(text)
  if (aboutResult.test(text) && !aboutMeeting) return []
  const strongSpans = spansOf(strong, text)
  const short = wordsOf(text).length <= 3
  const weakSpans = strongSpans.length || aboutMeeting || short ? spansOf(weak, text) : []
  const spans = [...strongSpans, ...weakSpans].toSorted((a, b) => a.from - b.from)
  return joined(spans, text).map((span) => {
    const lead = before.exec(text.slice(0, span.from))?.[0].length ?? 0
    const clock = hourAfter.exec(text.slice(span.to))?.[0].length ?? 0
    const tail = clock + (after.exec(text.slice(span.to + clock))?.[0].length ?? 0)
    return sentence.slice(span.from - lead, span.to + tail).trim()
  })
}

const spansOf = (pattern: RegExp, text: string): Span[] =>
  [...text.matchAll(pattern)].map((match) => ({ from: match.index, to: match.index + match[0].length }))

/** Spans that touch, overlap or have only joining words between them become one. */
function joined(spans: Span[], text: string): Span[] {
  const result: Span[] = []
  for (const span of spans) {
    const last = result.at(-1)
    if (last && (span.from <= last.to || joinOnly.test(text.slice(last.to, span.from))))
      last.to = Math.max(last.to, span.to)
    else result.push({ ...span })
  }
  return result
}
