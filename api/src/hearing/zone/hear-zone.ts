import { anyOf, isTimeZone } from '@lead/scheduling'
import { heardText } from '../heard-text.ts'
import { findPlace, type Place, zoneOfAdjective } from './find-place.ts'
import { alsoNames, zoneLetters, zoneNames } from './places.ts'

/** `place`: the person says where they are. `clock`: they only name whose clock they read a time by, which is weaker. */
export type ZoneHeard = { zone: string; by: 'place' | 'clock' }

/** The IANA zone of the person, if the message says where they are or live, or by which clock they go; else null. */
export const hearZone = (text: string): string | null => hearWhere(text)?.zone ?? null

/** The same, and how sure it is. The last thing said counts, and a place counts more than a clock. */
export function hearWhere(text: string): ZoneHeard | null {
  const clauses = clausesOf(text)
  const found = clauses.flatMap((clause, index) => ofClause(clause, clauses.length, index) ?? [])
  return found.findLast(({ by }) => by === 'place') ?? found.at(-1) ?? null
}

type Clause = { words: string[]; /** As typed, for letters in capitals. */ typed: string[]; asks: boolean }

function clausesOf(text: string): Clause[] {
  return (
    heardText(text.normalize('NFKC'))
      .replaceAll('ё', 'е')
      .replaceAll('Ё', 'Е')
      // Another one is in Kazakhstan.
      .replace(/^(?=.*камчат).*$/isu, (all) =>
        all.replaceAll(/(петропавловск)(\p{L}*)(?!-камч|\p{L})/giu, '$1$2-Камчатский'),
      )
      .replaceAll(/[’‘`]/gu, "'")
      .replaceAll(/(?<!\p{L})(U\.S\.A?\.|U\.K\.|L\.A\.|D\.C\.|U\.A\.E\.)/giu, (found) =>
        found.replaceAll('.', ''),
      )
      .replaceAll(/(?<=(?<!\p{L})[Ss]t)\.(?=\s)/gu, '')
      .split(/(?<=[!?;\n])|\.(?=\s|$)|\s+(?=(?:но|but)\s)|[()]|\s[—–-]\s/iu)
      .flatMap(splitAtCommas)
      .map((part) => {
        const typed = part.match(/[\p{L}\p{N}+−:]+(?:['’.-][\p{L}\p{N}]+)*/gu) ?? []
        return { typed, words: typed.map((word) => word.toLowerCase()), asks: /\?/u.test(part) }
      })
      .filter(({ words }) => words.length > 0)
  )
}

/** At commas, but "Paris, Texas" stays together. */
function splitAtCommas(part: string): string[] {
  const [first = '', ...others] = part.split(/,/u)
  return others.reduce(
    (parts, other) => {
      const next = findPlace(other.toLowerCase().match(/[\p{L}-]+/gu) ?? [])
      return next ? [...parts.slice(0, -1), `${parts.at(-1)},${other}`] : [...parts, other]
    },
    [first],
  )
}

function ofClause(clause: Clause, count: number, index: number): ZoneHeard | null {
  const place = presence(clause)
  if (place) return { zone: place, by: 'place' }
  const clock = clockZone(clause)
  if (clock) return { zone: clock, by: 'clock' }
  const alone = count === 1 && index === 0 && !clause.asks ? bare(clause.words) : null
  return alone ? { zone: alone, by: 'place' } : null
}

/** The whole message is the name of a place, as an answer to "where are you?". */
function bare(words: string[]): string | null {
  const said = words.filter((word) => !/^(?:город|г|city|сейчас|пока|now|тут|здесь)$/u.test(word))
  const place = findPlace(said)
  return place && place.length === said.length && !alsoNames.has(said.join(' ')) ? place.zone : null
}

const filler =
  '(?:сейчас|щас|ща|счас|теперь|тут|здесь|пока|уже|временно|вообще|вообще-то|вот|как|раз|сам|сама|сами|тоже|же|ведь|и|а|все|еще|обычно|постоянно|территориально|физически|просто|так|если|что|кстати|с|мужем|женой|семьей|командой|находимся|нахожусь|живу|живем|сижу|сидим|работаю|работаем|базируюсь|базируемся|обитаю|обитаем|проживаю|проживаем|пишу|пишем|звоню|звоним|вам|переехал|переехала|переехали|перебрался|перебралась|перебрались|вернулся|вернулась|вернулись|прилетел|прилетела|прилетели|приехал|приехала|релоцировался|релоцировалась|застрял|застряла|осел|осела|зимую|зимуем|отдыхаю|отдыхаем|улетел|улетела|улетели|уехал|уехала|уехали|нынче|сегодня|стою|торчу|в|командировке|отпуске|компания|фирма|команда|офис)'
const stays =
  'нахожусь|находимся|живу|живем|сижу|сидим|базируюсь|базируемся|обитаю|обитаем|проживаю|проживаем|зимую|зимуем|пишу|пишем|застрял|застряла|осел|осела|переехал|переехала|переехали|перебрался|перебралась|перебрались|релоцировался|релоцировалась|релоцировались|вернулся|вернулась|вернулись|прилетел|прилетела|прилетели'
const hereRu = new RegExp(
  `(?:^|\\s)(?:я|мы|${stays}|^(?:отдыхаю|отдыхаем|улетел|улетела|улетели|уехал|уехала|уехали)|у нас|у меня|тут|здесь|сам|сама|сами|(?:наш|наша|мой|моя)(?:\\s(?:офис|компания|фирма|команда|город|локация|бизнес|студия|агентство))+(?:\\s(?:находится|сидит|базируется|расположен|расположена))?|город|локация|мой город|офис у нас)(?:\\s${filler})*$`,
  'u',
)
const movedRu = anyOf([
  'переехал\\p{L}*|перебрал\\p{L}*|релоцировал\\p{L}*|вернул\\p{L}*|прилетел\\p{L}*|приехал\\p{L}*|улетел\\p{L}*|уехал\\p{L}*',
])
const elsewhereRu = anyOf([
  'был|была|были|бывал\\p{L}*|жил|жила|жили|раньше|родом|родился|родилась|учился|училась|буду|будем|будет|еду|едем|лечу|летим|поеду|поедем|полечу|планиру\\p{L}*|хочу|хотим|собира\\p{L}*|завтра|послезавтра|не|если|когда|ездил\\p{L}*|летал\\p{L}*|бываю|бываем|ищем|ищу|открыва\\p{L}*|откры\\p{L}*|прода\\p{L}*|покупа\\p{L}*|заказыва\\p{L}*|снима\\p{L}*|клиент\\p{L}*|филиал\\p{L}*|склад\\p{L}*|партнер\\p{L}*|поставщик\\p{L}*|завод\\p{L}*|конкурент\\p{L}*|следующ\\p{L}*|меня зовут|вас|вам будет',
])

const fillerEn =
  '(?:currently|now|right|actually|based|located|living|here|over|just|still|also|both|all|calling|writing|texting|messaging|working|sitting|staying|residing|temporarily|at|the|moment|already|back|out|today|mostly|usually|normally|permanently|stuck|a|an|small|company|agency|startup|team|business|firm|studio|shop|freelancer|founder|developer|consultant|marketer|designer|sales|remote|remotely|only|kind|of|down|up)'
const hereEn = new RegExp(
  `(?:^|\\s)(?:i'm|i am|im|we're|we are|were|i live|we live|i work|we work|i reside|we reside|i stay|i operate|we operate|(?:but|and|now|currently|usually) (?:live|work|reside|stay)|i've been living|i've moved|we've moved|i moved|we moved|i relocated|we relocated|i've relocated|we've relocated|i just moved|we just moved|based|located|living|here|^currently|^now|^still|my location is|my city is|my (?:home|office|company|business|team) is|our (?:home|office|company|business|team|hq|headquarters) is|we're headquartered|(?:my|our) [\\p{L}]+ and (?:i|me) are|(?:i|me) and my [\\p{L}]+ are|calling you|writing you|writing|calling|greetings|hello|hi|it's [\\p{L}\\d:]+(?: [\\p{L}\\d:]+){0,3})(?:\\s${fillerEn})*$`,
  'u',
)
const elsewhereEn = anyOf([
  "was|were in|will be|i'll|we'll|going|travell?ing to|flying|fly|not|isn't|aren't|n't|used to|originally|born|grew up|next|tomorrow|if|when|clients?|customers?|suppliers?|partners?|competitors?|branch|warehouse|my name|called|they|he|she|his|her|sell\\p{L}*|selling|interested|looking|planning|expanding|opening|your|you're|you are|friend|colleague|boss|brother|sister|wife|husband",
])

/** Where the clause says that the speaker is. */
function presence({ words, typed, asks }: Clause): string | null {
  for (let at = words.length - 1; at > 0; at--) {
    const preposition = words[at - 1] ?? ''
    const place = placeAt(words, at, typed)
    if (!place) continue
    const before = words.slice(0, at - 1).join(' ')
    const after = words.slice(at + place.length).join(' ')
    if (/^(?:в|во|на|из|с|со|под|около|возле)$/u.test(preposition)) {
      if (place.isTarget && !/^(?:из|со?)$/u.test(preposition) && !movedRu.test(before)) continue
      const isAlone =
        before === '' &&
        !asks &&
        (after === '' ||
          /^(?:мы|я|живу|живем|нахожусь|сейчас|пока|сижу|(?:сейчас |уже |еще )+(?:ночь|утро|вечер|поздно|рано))$/u.test(
            after,
          ))
      if (isAlone) return place.zone
      const about = `${before} ${after}`
      if (elsewhereRu.test(withoutOwn(about))) continue
      if (hereRu.test(before)) return place.zone
    }
    if (/^(?:in|on|from|near|around|outside|to|of)$/u.test(preposition)) {
      if (preposition === 'to' && !/(?:moved|relocated|back)$/u.test(before)) continue
      const isAlone = before === '' && after === '' && !asks
      if (isAlone && preposition !== 'to' && preposition !== 'of') return place.zone
      if (elsewhereEn.test(`${before} ${withoutOwn(after).trim().split(' ').slice(0, 3).join(' ')}`)) continue
      if (hereEn.test(before)) return place.zone
    }
  }
  return colon(words)
}

/** "У вас" is about us, but "у нас не горит" is about them; "если что" and "if that helps" make no condition. */
const withoutOwn = (text: string) =>
  text.replaceAll(
    /(?:не горит|не спешу|не против|если что|если важно|если нужно|if (?:that|it|this) (?:helps|matters|makes|is)|if anything|if needed)/gu,
    ' ',
  )

/** "Город: Казань", "моя локация Тбилиси". */
function colon(words: string[]): string | null {
  const label =
    /^(?:(?:мой|моя|наш|наша)\s)?(?:город|локация|местоположение|location|city|my city|my location|my location is|my city is)$/u
  for (const length of [1, 2, 3]) {
    if (!label.test(words.slice(0, length).join(' '))) continue
    const place = findPlace(words.slice(length))
    if (place) return place.zone
  }
  return null
}

/** A place at that word; "Paris, Texas" is in Texas, "the" and "sunny" before it do not matter. */
function placeAt(words: string[], at: number, typed: string[]): Place | null {
  const skipped =
    /^(?:the|sunny|rainy|cold|lovely|beautiful|солнечном|солнечной|холодном|городе|г|городе-герое|районе|центре|области)$/u
  let start = at
  while (skipped.test(words[start] ?? '') && !findPlace(words.slice(start))) start++
  const place = findPlace(words.slice(start))
  if (place) {
    const next = findPlace(words.slice(start + place.length))
    const isSmall = next && next.zone.startsWith('America/') && !place.zone.startsWith('America/')
    const skip = start - at
    return isSmall
      ? { zone: next.zone, length: skip + place.length + next.length, isTarget: false }
      : { ...place, length: skip + place.length }
  }
  // A town that we do not know, in a place that we know: "in Springfield, Illinois".
  if (!/^\p{Lu}/u.test(typed[start] ?? '')) return null
  for (const skip of [1, 2]) {
    const wider = findPlace(words.slice(start + skip))
    if (wider && /^\p{Lu}/u.test(typed[start + skip] ?? ''))
      return { ...wider, length: start - at + skip + wider.length }
  }
  return null
}

const ours = anyOf(['ваш\\p{L}*|у вас|вас|your|yours|you'])
const clockTime =
  /^(?:\d{1,2}(?::\d{2})?(?:am|pm)?|am|pm|noon|час|часа|часов|утра|вечера|дня|ночи|ч|полдень)$/u

/** By which clock the clause reads times. */
function clockZone({ words, typed, asks }: Clause): string | null {
  const text = words.join(' ')
  if (ours.test(text) || (asks && /^(?:это|is|by|по)/u.test(text))) return null
  const offset = /(?:^|\s)(utc|gmt|гмт|мск|msk)\s?([+−-])\s?(\d{1,2})(?![\d:])/u.exec(
    text.replaceAll('−', '-'),
  )
  if (offset)
    return fixedZone(Number(`${offset[2]}${offset[3]}`) + (/[mм]с?[sс]?[kк]$/u.test(offset[1] ?? '') ? 3 : 0))
  const ahead =
    /(?:^|\s)(\+|-|плюс|минус)\s?(\d{1,2})\s(?:час\p{L}*\s)?(?:к|от|относительно|против)\s(?:мск|москв\p{L}*|московск\p{L}*)/u.exec(
      text.replaceAll('−', '-'),
    )
  if (ahead) return fixedZone(3 + Number(ahead[2]) * (/^(?:-|минус)$/u.test(ahead[1] ?? '') ? -1 : 1))
  for (const [at, word] of words.entries()) {
    const written = typed[at] ?? ''
    const next = words[at + 1] ?? ''
    const before = words[at - 1] ?? ''
    const adjective = zoneOfAdjective(word)
    if (adjective && (next.startsWith('врем') || before.startsWith('врем'))) return adjective
    // "по Берлину", "по времени Лиссабона"
    if (word === 'по' || (word === 'времени' && before === 'по')) {
      const place = findPlace(words.slice(at + 1))
      if (place) {
        const end = words[at + 1 + place.length] ?? ''
        const timed =
          clockTime.test(before) || clockTime.test(end) || end.startsWith('врем') || word === 'времени'
        const short = /^(?:мск|екб|нск|спб)$/u.test(next)
        if (timed || short || words.length <= 1 + place.length) return place.zone
      }
    }
    const named = zoneNames[`${word} ${next}`] ?? zoneNames[word]
    const span = zoneNames[`${word} ${next}`] ? 2 : 1
    const tail = words.slice(at + span).join(' ')
    if (named && /^(?:standard |daylight |summer )?time(?: ?zone)?(?:\s|$)/u.test(tail)) return named
    if (
      named &&
      /^(?:on|in)$/u.test(before) &&
      /^(?:standard|daylight|$|and|here|so|,)/u.test(tail) &&
      /^(?:eastern|pacific|central|mountain)$/u.test(word)
    )
      return named
    const place = findPlace(words.slice(at))
    if (
      place &&
      /^time(?: ?zone)?(?:\s|$)/u.test(words.slice(at + place.length).join(' ')) &&
      /\p{Lu}/u.test(written)
    )
      return place.zone
    const letters = Object.hasOwn(zoneLetters, word) ? zoneLetters[word] : null
    if (
      letters &&
      (clockTime.test(before) ||
        (written === written.toUpperCase() && /^(?:on|in|is|зона|пояс|time|zone|по)$/u.test(before)) ||
        (written === written.toUpperCase() && /^(?:works?|suits?|please|here)$/u.test(next)) ||
        /^(?:time|timezone|врем\p{L}*)$/u.test(next))
    )
      return letters
  }
  const named = /(?:часовой пояс|таймзона|time ?zone(?: is)?)\s(.+)$/u.exec(text)
  if (!named?.[1]) return null
  const last = typed.at(-1) ?? ''
  return findPlace(named[1].split(' '))?.zone ?? (isTimeZone(last) ? last : null)
}

/** A zone that keeps that offset from UTC in hours, all year. Russian zones by name, others as Etc; their sign is inverted by tradition. */
function fixedZone(hours: number): string | null {
  if (Math.abs(hours) > 14) return null
  return hours === 0 ? 'UTC' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
}
