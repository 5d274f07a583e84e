import { compilePattern } from './compile-pattern.ts'
import type { Place } from './excuses.ts'
import type { Known } from './known-text.ts'

/** Words for the meeting that we sell: when one of them is free, so are the others. */
const meeting = compilePattern(
  String.raw`^(?:разговор|встреч|созвон|звон(?:ок|к)|бесед|консультац|talk|call|meeting|conversation|chat)\p{L}*$`,
)
const free = compilePattern(
  String.raw`(?<!\p{L})(?:бесплатн|безвозмездн|free|gratis|complimentary)\p{L}*|в\s+подарок|no\s+charge`,
)
/** They say nothing of what is free. */
const empty = compilePattern(
  String.raw`^(?:да|и|а|но|у|с|к|от|для|по|на|в|о|ни|не|наш\p{L}*|ваш\p{L}*|вас|вам|нас|нам|мы|я|он|она|это|эт\p{L}{1,3}|то|тоже|так|будет|был\p{L}?|всегда|полностью|абсолютно|совершенно|конечно|кстати|обяз\p{L}+|чем|чему|что|самый|сам\p{L}*|первы[йе]|перв(?:ая|ую|ое|ой|ого)|знакомств\p{L}*|минут\p{L}*|\d+|длится|за(?:нима|йм)\p{L}+|плат\p{L}+|ничего|за|только|лишь|сам[оа]\p{L}*|проход\p{L}+|провод\p{L}+|обязыва\p{L}+|обязательств\p{L}*|пол(?:у)?часа|можно|нужн\p{L}+|честно|напомню|видео\p{L}*|yes|and|but|the|a|an|is|are|be|it|our|your|you|to|of|for|with|by|in|on|this|that|first|also|completely|entirely|totally|absolutely|always|so|there|no|obligation|charge|us|we|has|have|commit\p{L}*|lasts?|takes?|pay|need|itself|only|don|t|held|happens?|obligations?|without|does|not|bind\p{L}*|anything|half|hour|online|minutes?|video|after|course|as|place)$`,
)
const stemOf = (word: string) => (word.length > 4 ? word.slice(0, Math.max(4, word.length - 2)) : word)
const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []

/**
 * Whether the business itself calls free of charge what this sentence does: every telling word of the clause stands in one
 * sentence of the knowledge with the word "free", and at least one does.
 */
export function isFreeByKnowledge({ sentence, start, end }: Place, known: Known): boolean {
  const stated = known.text.split(/[.!?;]|\\n|\/ |","/).filter((part) => part.toLowerCase().search(free) >= 0)
  if (!stated.length) return false
  const statedWords = stated.flatMap(wordsOf)
  const stems = new Set(statedWords.map(stemOf))
  const names = known.names.flatMap(wordsOf).map((name) => name.replace(/[аяйь]$/u, ''))
  const hasMeeting = statedWords.some((word) => word.search(meeting) >= 0)
  const before = sentence.slice(0, start)
  const clause =
    before.slice(before.search(/[^,;:—–]*$/u)) + (/^[^,;:—–]*/u.exec(sentence.slice(end))?.[0] ?? '')
  const telling = wordsOf(clause).filter((word) => word.search(empty) < 0)
  const isStated = (word: string) =>
    (hasMeeting && word.search(meeting) >= 0) ||
    stems.has(stemOf(word)) ||
    names.some((name) => word.startsWith(name) && word.length < name.length + 4)
  return telling.length > 0 && telling.every(isStated)
}
