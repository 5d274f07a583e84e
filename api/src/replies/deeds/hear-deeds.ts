import { squeeze } from '../clean-text.ts'
import { compilePattern, escapePattern, words } from '../compile-pattern.ts'

/** What a reply says that was done or will be done at once, by us or by a human of ours. */
export const deedNames = [
  'hands over',
  'asks a human',
  'books',
  'moves',
  'cancels',
  'drops',
  'sends',
  'calls',
] as const
export type Deed = (typeof deedNames)[number]

const humansRu = String.raw`коллег\p{L}*|менеджер\p{L}*|специалист\p{L}*|руководител\p{L}*|человек\p{L}*|оператор\p{L}*|сотрудник\p{L}*|консультант\p{L}*`
const humansEn = String.raw`colleagues?|manager|specialist|human|person|operator|teammate|someone|somebody|team|supervisor`
const upTo = (count: number) => String.raw`(?:[\p{L}-]+\s+){0,${count}}?`
const written = String.raw`презентаци|файл|документ|договор|прайс|расч[её]т|коммерческ|смет|материал|видео|запис|пример|кейс|фото|схем|таблиц|ссылк|письм|почт|имейл|брошюр|каталог`

type Patterns = Record<Deed, RegExp>

/** Compiling takes longer than hearing; a business has few names. */
const compiled = new Map<string, Patterns>()

/** `names`: first names of our people, as sources. */
function patternsOf(names: string[]): Patterns {
  const key = names.join('|')
  const known = compiled.get(key)
  if (known) return known
  if (compiled.size > 20) compiled.clear()
  const made = compilePatterns(names)
  compiled.set(key, made)
  return made
}

function compilePatterns(names: string[]): Patterns {
  const who = [humansRu, humansEn, ...names].join('|')
  return {
    'hands over': words(
      String.raw`(?:переда(?:ю|м|ла|л|[её]м|дим)|перевож[уа]|перевед[уё]|переключ(?:аю|у|им))\s+(?:вас|тебя|${upTo(2)}(?:разговор|диалог|чат|переписку|беседу))(?=\s|[.,!])`,
      String.raw`(?:подключ(?:аю|у|ила|ил|им|аем)|позов(?:у|[её]м)|зову|позвал[аи]?|соедин(?:яю|ю|им)|приглаш(?:у|аю|аем)|пригласил[аи]?|перевожу)\s+${upTo(4)}(?:${who})`,
      String.raw`(?:${humansRu})\s+${upTo(3)}(?:напишет|ответит|свяжется|подключится|позвонит|перезвонит|поможет|займ[её]тся|продолжит)`,
      String.raw`(?:вам|с\s+вами)\s+${upTo(2)}(?:напишет|ответит|свяжется|позвонит|перезвонит)\s+${upTo(2)}(?:${humansRu})`,
      String.raw`(?:вам|с\s+вами)\s+${upTo(2)}(?:напишут|ответят|свяжутся|позвонят|перезвонят)`,
      String.raw`(?:hand(?:ing|ed)?|pass(?:ing|ed)?|transfer(?:ring|red)?|connect(?:ing|ed)?|put(?:ting)?|switch(?:ing|ed)?)\s+(?:you|(?:this|the|our)\s+(?:conversation|chat|talk|dialogue))\s+${upTo(3)}(?:to|with)(?=\s)`,
      String.raw`(?:${humansEn})\s+${upTo(3)}(?:will|['’]ll|is\s+going\s+to|shall)\s+${upTo(2)}(?:write|reply|answer|contact|get\s+(?:back|in\s+touch)|reach|take\s+over|join|call|be\s+with\s+you|be\s+in\s+touch|message|text|help)`,
      String.raw`(?:colleagues?|manager|specialist|teammate)['’]ll\s+${upTo(2)}(?:write|reply|answer|contact|get|reach|take|join|call|be|message|text)`,
      String.raw`(?:call(?:ing)?|bring(?:ing)?|get(?:ting)?|loop(?:ing)?|add(?:ing)?|invit(?:e|ing))\s+(?:in\s+)?(?:an?|my|our|the)\s+(?:human\s+)?(?:${humansEn})`,
      String.raw`someone\s+will\s+be\s+in\s+touch`,
    ),
    'asks a human': words(
      String.raw`(?:переда(?:ю|м|ла|л|[её]м|дим))\s+${upTo(4)}(?:${who})`,
      String.raw`(?:${names.join('|') || 'анн'})\s+${upTo(3)}(?:напишет|ответит\s+вам|свяжется|подключится|позвонит|перезвонит)`,
      String.raw`(?:(?:спрошу|уточню|узнаю|выясню|проверю|посоветуюсь)\s+${upTo(4)}(?:у|с)\s+${upTo(2)}(?:${who})|(?:спрошу|переспрошу|уточню)\s+(?:у\s+)?(?:${who}))`,
      String.raw`(?:спрошу|уточню|узнаю|выясню)\s+у\s+(?!(?:вас|тебя)(?!\p{L}))\p{L}+|(?:i['’]ll|i\s+will|let\s+me)\s+check\s+(?:it\s+|this\s+)?with\s+(?!you(?!\p{L}))\p{L}+`,
      String.raw`(?:вернусь|приду)\s+${upTo(2)}с\s+ответом|(?:уточню|выясню|узнаю)\s+${upTo(3)}и\s+(?:вернусь|напишу|отвечу|сообщу)`,
      String.raw`(?:pass|forward|hand|relay|give|send)(?:ing|ed|s)?\s+${upTo(4)}(?:on\s+)?to\s+${upTo(2)}(?:${who})`,
      String.raw`(?:i['’]ll|i\s+will|let\s+me|i\s+am\s+going\s+to|i\s+have|i['’]ve)\s+${upTo(1)}(?:asked|ask|checked|check\s+with|check\s+this\s+with|check\s+it\s+with|consult|consulted|find\s+out\s+from|clarify\s+(?:it\s+|this\s+)?with)\s+${upTo(3)}(?:${who})`,
      String.raw`(?:i['’]ll|i\s+will)\s+(?:get|come)\s+back\s+(?:to\s+you\s+)?with\s+(?:an?|the)\s+answer|(?:i['’]ll|i\s+will|let\s+me)\s+(?:find\s+out|check)\s+and\s+(?:get\s+back|come\s+back|tell\s+you|let\s+you\s+know)`,
      String.raw`(?:${names.join('|') || 'anna'})\s+will\s+${upTo(2)}(?:write|reply\s+to\s+you|answer\s+you|contact|get\s+(?:back|in\s+touch)|reach\s+out|call)`,
    ),
    books: words(
      String.raw`(?:записал[аи]?|забронировал[аи]?|бронирую|записываю|запишу|забронирую|назначил[аи]?|назначаю)\s+(?:вас|тебя|вам|за\s+вами|встреч\p{L}+|созвон\p{L}*|это\s+время|время)`,
      String.raw`(?:вы|ты)\s+(?:\p{L}+\s+)?записан[ыа]?|(?:встреча|созвон|время|слот)\s+(?:\p{L}+\s+){0,2}?(?:назначен|забронирован|подтвержд[её]н|закрепл[её]н|за\s+вами)\p{L}*`,
      String.raw`you(?:['’]re|\s+are)\s+${upTo(1)}(?:booked|scheduled|all\s+set|confirmed)|(?:i|we)(?:['’]ve|\s+have)?\s+${upTo(1)}(?:booked|scheduled|reserved)\s+(?:you|your|the|a|an|our|it|that|this)`,
      String.raw`(?:meeting|call|slot|time|appointment)\s+(?:is|has\s+been)\s+${upTo(1)}(?:booked|scheduled|confirmed|reserved|set|yours)|booking\s+(?:you|it|that|this)(?=\s|[.,!])`,
    ),
    moves: words(
      String.raw`перен(?:[её]с(?:л[аи])?|ошу)\s+(?:вас|${upTo(1)}(?:встреч\p{L}+|созвон\p{L}*)|е[её]|его|на)|(?:встреча|созвон)\s+(?:\p{L}+\s+)?перенес[её]н\p{L}*`,
      String.raw`(?:i|we)(?:['’]ve|\s+have)?\s+${upTo(1)}(?:moved|rescheduled)|(?:moving|rescheduling)\s+(?:your|the|our|it)|(?:meeting|call|appointment)\s+(?:is|was|has\s+been)\s+${upTo(1)}(?:moved|rescheduled)`,
    ),
    cancels: words(
      String.raw`отмен(?:ил[аи]?|яю|яем)(?=\s|[.,!]|$)|(?:встреча|созвон|запись)\s+(?:\p{L}+\s+)?отмен(?:ена|[её]н)\p{L}*`,
      String.raw`(?:i|we)(?:['’]ve|\s+have|\s+am|['’]m)?\s+${upTo(1)}(?:cancell?ed|cancell?ing)|(?:meeting|call|appointment|booking)\s+(?:is|was|has\s+been)\s+${upTo(1)}cancell?ed`,
    ),
    drops: words(
      String.raw`(?:заявк|сделк|заказ|договор|обращени|оплат)\p{L}*\s+${upTo(2)}(?:отмен[её]н|аннулирован|закрыт|удал[её]н|отозван)\p{L}*|(?:отменил|закрыл|аннулировал|удалил|отозвал)[аи]?\s+${upTo(1)}(?:заявк|сделк|заказ|договор)\p{L}*`,
      String.raw`(?:deal|request|order|contract|application|enquiry|inquiry|payment)\s+(?:is|was|has\s+been)\s+${upTo(2)}(?:cancell?ed|called\s+off|closed|withdrawn|deleted|void(?:ed)?)|(?:i|we)(?:['’]ve|\s+have)?\s+(?:cancell?ed|called\s+off|closed|withdrawn|deleted|voided)\s+${upTo(1)}(?:deal|request|order|contract|application|enquiry|inquiry)`,
    ),
    sends: words(
      String.raw`(?:отправ(?:лю|ила|ил|ляю|им)|пришл(?:ю|[её]м)|прислал[аи]?|вышл(?:ю|ем)|выслал[аи]?|скин(?:у|ем|ула)|скидываю|прикреп(?:лю|ила|ляю)|прилож(?:у|ила)|продублирую|напишу)\s+${upTo(4)}(?:(?:${written})\p{L}*|кп|pdf|пдф|e-?mail|sms|смс|сч[её]т)`,
      String.raw`(?:i['’]ll|i\s+will|i\s+am\s+going\s+to|i['’]ve|i\s+have|i\s+just|we['’]ll|we\s+will|let\s+me)\s+${upTo(1)}(?:send|sent|email|e-mail|mail|emailed|attach|attached|forward|forwarded|share|shared)\s+${upTo(4)}(?:presentation|files?|documents?|contract|price\s*list|quote|estimate|proposal|brochure|deck|slides|pdf|videos?|recordings?|case\s+stud\p{L}+|examples?|photos?|links?|e-?mail|text\s+message|sms|invoice|materials?|catalogu?e)`,
      String.raw`(?:i['’]ll|i\s+will)\s+(?:e-?mail|text)\s+(?:you|it|them)`,
    ),
    calls: words(
      String.raw`(?:я\s+)?(?:позвоню|перезвоню|наберу\s+(?:вас|тебя)|звоню\s+вам)`,
      String.raw`(?:i['’]ll|i\s+will|i\s+am\s+going\s+to|let\s+me)\s+${upTo(2)}(?:call|phone|ring|give)\s+(?:you|you\s+back|you\s+a\s+(?:call|ring))`,
    ),
  }
}

/** A question, a condition or a possibility says of nothing that it is done. */
const onlyPossible = words(
  String.raw`если|когда\s+(?:захотите|понадобится)|хотите|захотите|могу|можем|может|можно|давайте|готов[аы]?|нужно\s+ли|при\s+желании|по\s+желанию`,
  String.raw`if|whether|once|when\s+you|can|could|would|shall|may|might|want|like\s+me\s+to|happy\s+to|unless|need(?:ed)?`,
)
const deniedBefore = compilePattern(
  String.raw`(?<!\p{L})(?:не|ни|без|not|never|no|don['’]t|won['’]t|can['’]?t|cannot|didn['’]t|haven['’]t)\s+(?:[\p{L}'’-]+\s+){0,2}$`,
)
const deniedInside = words('не', 'not', 'never', String.raw`(?:have|did|do|wo)n['’]t`)
/** Words that we do carry out: the invitation goes out with the booking. */
const invitation = words(String.raw`приглашени\p{L}*|invit\p{L}*`)
const meetingLink = words(
  String.raw`ссылк\p{L}*\s+${upTo(2)}(?:встреч|созвон|видео|звон|подключ)\p{L}*|(?:meeting|call|video)\s+link|link\s+${upTo(2)}(?:meeting|call|video\p{L}*)`,
)

/** The deeds that a cleaned reply speaks of. `names`: of our people. */
export function hearDeeds(reply: string, names: string[]): Set<Deed> {
  const patterns = patternsOf(stems(names))
  const heard = new Set<Deed>()
  for (const sentence of squeeze(reply)
    .toLowerCase()
    .split(/(?<=[.!?;…])\s+|\n/u)) {
    if (sentence.trimEnd().endsWith('?') || sentence.search(onlyPossible) >= 0) continue
    for (const deed of deedNames)
      if (
        [...sentence.matchAll(patterns[deed])].some(
          ({ index, 0: found }) => !excused(deed, sentence, index, found),
        )
      )
        heard.add(deed)
  }
  return heard
}

function excused(deed: Deed, sentence: string, index: number, found: string): boolean {
  if (sentence.slice(Math.max(0, index - 40), index).search(deniedBefore) >= 0) return true
  if (found.search(deniedInside) >= 0) return true
  if (deed !== 'sends') return false
  const near = found + sentence.slice(index + found.length, index + found.length + 40)
  return near.search(invitation) >= 0 || near.search(meetingLink) >= 0
}

/** In any case of Russian: "Анна", "Анне", "у Анны". */
const stems = (names: string[]) =>
  names
    .flatMap((name) => name.toLowerCase().split(/\s+/))
    .filter((name) => name.length > 1)
    .map((name) => `${escapePattern(/[аяйь]$/u.test(name) ? name.slice(0, -1) : name)}\\p{L}{0,3}`)
