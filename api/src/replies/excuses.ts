import { compilePattern } from './compile-pattern.ts'
import { isDenied } from './denials.ts'

/** Why a forbidden word in a sentence may be no offence. Each is strict: what is not clearly an excuse is none. */
export type Excuse =
  /** A denial governs the word itself: "we never ask for passwords", "пароли нам не нужны". */
  | 'denied'
  /** A question about how the lead's own business works: "do your clients pay by card?" */
  | 'their ways'
  /** A question about what the lead wishes: "хотите увеличить продажи?" */
  | 'their wish'
  /** A question how many of their leads, people or calls there are: "ten or fifty a day?". */
  | 'their numbers'
  /** The matter is left to a human: "о скидках лучше спросить Анну". */
  | 'left to a human'
  /** A question in which a weekday or a month is about their business: "по пятницам у вас больше заявок?" */
  | 'their seasons'
  /** What is free of charge is theirs: "are you on a free version of your CRM?" */
  | 'free of theirs'
  /** What happens to the lead's own customers: "if the answer comes in two hours, the client has often gone". */
  | 'their story'
  /** We say that we give no advice on it: "I am no lawyer". */
  | 'no advice'
  /** A human is offered: "if you want a real person, tell me". */
  | 'handed over'

export interface Place {
  /** In lower case, as all that is looked at. */
  sentence: string
  start: number
  end: number
}

/** "Nobody but me", "just type it here": an order that makes a denial worthless. */
const undone = compilePattern(
  String.raw`(?<!\p{L})(?:(?:а|но|зато)\s+(?:мы|нам|я|мне)\s+(?:\p{L}+\s+){0,2}?(?:прос\p{L}+|прошу|нуж\p{L}+|спрашива\p{L}+|над\p{L}*|требу\p{L}+|да)|but\s+(?:we|i)\s+(?:do|ask|need|must|have|require)|кроме\s+(?:меня|нас)|только\s+(?:мне|нам|сюда)|except\s+(?:for\s+|with\s+|to\s+)?(?:me|us)|(?:but|only)\s+(?:to\s+)?(?:me|us|here)|apart\s+from\s+(?:me|us)|(?:пришлите|напишите|скажите|назовите|введите|отправьте|сообщите|продиктуйте|перешлите|скиньте|укажите|дайте)\s+(?:\p{L}+\s+){0,2}?(?:его|е[её]|их|сюда|мне|свой|свою|свои)|(?<!(?:don['’]?t|never|not|no\s+need\s+to|need\s+to|needn['’]?t)\s)(?:send|tell|type|give|enter|write|share|forward|text|drop|paste|put)\s+(?:\p{L}+\s+){0,2}?(?:it|them|yours|here|me|us)(?!\s+(?:about|what|how|which|more|whether|if)(?!\p{L})))(?!\p{L})`,
)
const firstPerson = compilePattern(
  String.raw`(?<!\p{L})(?:я|мы|нам|нас|мне|меня|мной|мой|моя|моё|наш\p{L}*|i|we|us|me|my|our|ours)(?!\p{L})`,
)
const theirWays = compilePattern(
  String.raw`(?<!\p{L})(?:у\s+вас|ваш\p{L}*|вы\s+(?:сейчас\s+)?на\s+(?:бес)?платн\p{L}+|вы\s+(?:\p{L}+\s+){0,2}?(?:принимаете|бер[её]те|работаете|получаете|да[её]те|делаете|ведёте|используете|учитываете|возвращаете|подключали|пользуетесь|общаетесь)|(?:вы|как|сколько|кому|чем)\s+(?:вы\s+)?(?:платите|тратите|вкладываете)\s+(?:\p{L}+\s+)?(?:(?:за|на)\s+(?:реклам|лид|заявк|клик|трафик|crm|сервис|связь|телефон|аренд|сотрудник|звонк|продвижен|маркетинг|программ|подписк)|менеджер|продав|сотрудник|агентств|подрядчик)\p{L}*|(?:do|did|are)\s+you\s+(?:\p{L}+\s+)?(?:pay|paying|spend|spending)\s+(?:\p{L}+\s+)?(?:(?:for|on)\s+(?:\p{L}+\s+)?(?:ads?|advertising|leads?|clicks?|traffic|crm|marketing|software|phone|calls?|staff|promotion|tools?)|your\s+(?:sellers?|managers?|staff|team|people))|клиенты|покупатели|заказчики|(?:растут|падают)\s+или|are\s+(?:the\s+)?(?:sales|leads|requests)|your|do\s+you\s+(?:take|accept|get|track|handle|offer|give|use|run|have)|clients|customers|buyers|people)(?!\p{L})`,
)
const theirNumbers = compilePattern(
  String.raw`(?<!\p{L})(?:из\s+(?:ваших\s+)?\d+\s+(?:заяв|обращен|лид|клиент|сообщени|звон)|of\s+(?:your\s+|the\s+)?\d+\s+(?:requests?|leads?|customers?|messages?|calls?))|(?<!\p{L})(?:сколько|как\s+много|how\s+many)\s+[^.!?]{0,40}(?:заяв|лид|клиент|звон|человек|люд|сотрудник|менеджер|продав|сообщени|обращени|сдел|lead|request|client|customer|call|people|seller|manager|message|deal|inquir|enquir)`,
)
const theirWish = compilePattern(
  String.raw`(?<!\p{L})(?:хотите|хотели|хочется|планируете|стремитесь|важнее|для\s+вас\s+важн\p{L}+|важн\p{L}+\s+для\s+вас|вам\s+важн\p{L}+|matters?\s+to\s+you|нужно\s+ли|цель|задача|want|like|hope|hoping|plan|aim|looking|goal|trying|rather)(?!\p{L})`,
)
const leftToHuman = compilePattern(
  String.raw`(?<!\p{L})(?:спро(?:с|ш)\p{L}+|уточн\p{L}+|обсу[дж]\p{L}+|реша\p{L}+|реш\p{L}+|скаж\p{L}+|назов\p{L}+|называ\p{L}+|зна[её]т|расскаж\p{L}+|подскаж\p{L}+|переда\p{L}+|догов[оа]р\p{L}+|вопрос\p{L}*|ask|check|tell|knows?|decides?|discuss\p{L}*|explain\p{L}*|pass|question|for|up\s+to)(?!\p{L})`,
)
const promise = compilePattern(
  String.raw`(?<!\p{L})(?:будет|есть|дадим|дам|даст|даёт|сделаем|сделает|получите|получишь|положен\p{L}*|ваш[аи]?|вам|will\s+(?:give|get|be)|gives?|get|gets|have|has|is\s+(?:certain|yours|ready))(?!\p{L})`,
)
/** A word that only says what the human is asked about: "о скидках", "насчёт предоплаты", "whether there is a discount". */
const topic = compilePattern(
  String.raw`(?<!\p{L})(?:об?|про|по|насч[её]т|вопрос\p{L}*|тем[ауы]|касательно|относительно|какая|какие|какой|каких|сколько|ли|как|about|on|regarding|concerning|for|whether|if|what|which|any|how|of)\s+(?:\p{L}+\s+){0,3}?$`,
)
/** What the person shall do, other than ask: "оплатите", "вы внесёте", "you pay". */
const ordered = compilePattern(
  String.raw`(?<!\p{L})(?!(?:спросите|спрашиваете|интересуетесь|говорите|думаете|считаете|имеете|понимаете|видите|спрашивайте|уточните|уточняйте|обсудите|обсуждайте|обращайтесь|расскажите|подскажите|задайте|обратитесь|хотите|захотите|можете|сможете|напишите|скажите|знаете|решите|решайте|договоритесь|планируете)(?!\p{L}))\p{L}{2,}(?:ите|[её]те|йте|ьте|ишь|ешь|[её]шь)(?:сь)?(?!\p{L})|(?:^|(?<!\p{L})(?:please|just|then|now|and|but|so|you(?:['’]ll|\s+\p{L}+){0,2}))\s*(?:pay|send|wire|transfer|settle|deposit|prepay|remit|give|bring|put|top|leave|cover|clear)(?!\p{L})`,
)
/** What is said in our own name, with a human only named beside it: "Anna knows that we guarantee". */
const ourWord = compilePattern(
  String.raw`(?<!\p{L})(?:that|что|мы|я|we|i|it\s+is|it['’]s|это)(?:['’]\p{L}+)?\s+(?:\p{L}+\s+)?$`,
)
const story = compilePattern(
  String.raw`(?<!\p{L})(?:клиент\p{L}*|человек|люд\p{L}+|покупател\p{L}*|заказчик\p{L}*|заявк\p{L}*|если\s+(?:\p{L}+\s+)?(?:отве\p{L}+|перезвон\p{L}+)|customers?|clients?|leads?|people|somebody|someone|if\s+(?:you|they|a\s+reply|the\s+reply|an\s+answer|the\s+answer|nobody)\s+(?:answers?|repl(?:y|ies)|comes?|calls?))(?!\p{L})`,
)
const days = '(?:понедельник|вторник|сред|четверг|пятниц|суббот|воскресень|воскресен)'
/** A month, or a weekday as it comes every week. */
const bareDay = compilePattern(
  String.raw`^(?:(?:в|во|на|до|к|со?)\s+)?(?:январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр)\p{L}{0,3}$|^(?:по\s+)?${days}ям$|^(?:по\s+)?${days}ам$|^(?:(?:in|by|until|till)\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december)$|^(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)days$`,
)
const oneDay = compilePattern(
  String.raw`^(?:(?:в|во)\s+)?${days}\p{L}{0,2}$|^(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day$`,
)
/** "Who answers customers on Saturday and Sunday?" */
const asksOfThem = compilePattern(
  String.raw`^\s*(?:а\s+|и\s+|and\s+)?(?:кто|сколько|как\s+часто|много\s+ли|who|how\s+many|how\s+often)(?!\p{L})`,
)
const theirBusiness = compilePattern(
  String.raw`(?<!\p{L})(?:заяв|лид|клиент|покупател|заказчик|сезон|поток|продаж|обращен|отвеча|работа|запуст|запуск|разбира|накопил|нагрузк|спрос|звон(?:ят|ок|к)|пишут|выходн|затиш|leads?|customers?|clients?|season|flow|demand|requests?|inquir|enquir|sales|launch|weekends?|busy|busier|quiet|traffic|orders?|workload|staff|team)\p{L}*`,
)
/** What two agree on: a day beside it is an appointment. */
const appointment = compilePattern(
  String.raw`(?<!\p{L})(?:позвон\p{L}+|перезвон\p{L}+|набер\p{L}+|встре[тч]\p{L}*|увид\p{L}+мся|созвон\p{L}*|жд[уёе]\p{L}*|запис\p{L}+|брон\p{L}+|приход\p{L}+|прид\p{L}+|подойд\p{L}+|подход\p{L}+|удобн\p{L}+|устро\p{L}+|свобод\p{L}+|давай\p{L}*|предлага\p{L}+|демо\p{L}*|покаж\p{L}+|показать|поговор\p{L}+|обсуд\p{L}+|начн\p{L}+|подключ\p{L}+|запуст(?:им|ю)|запускаем|внедр(?:им|яем)|настроим|сделаем|успеем|приступ\p{L}+|участв\p{L}+|назнач\p{L}+|врем(?:я|ени)|слот\p{L}*|meet\p{L}*|see\s+you|call\s+you|call|talk|speak|book\p{L}*|ring|let['’]s|let\s+us|shall|free|works?\s+for|suits?|available|slots?|expect|join|attend|come|demo|schedule\p{L}*|how\s+about|what\s+about|start)(?!\p{L})`,
)
const theirFree = compilePattern(
  String.raw`(?<!\p{L})(?:(?:вы|you)\s+(?:\p{L}+\s+){0,2}?(?:на|on|using)\s+(?:an?\s+|the\s+)?(?:бесплатн\p{L}+|free)\s+(?:верси|тариф|план|аккаунт|подписк|version|plan|tier|account)\p{L}*|(?:бесплатн\p{L}+|free)\s+\p{L}+\s+(?:для\s+ваших\s+(?:клиентов|покупателей|заказчиков)|for\s+your\s+(?:customers|clients|buyers)))`,
)
const meets = compilePattern(
  String.raw`(?<!\p{L})(?:я|мы|нас|нам|мне|вам|вас|наш\p{L}*|анн\p{L}+|позвон\p{L}+|набер\p{L}+|встре[тч]\p{L}*|созвон\p{L}*|жд[уёе]\p{L}*|ответит|напишет|прид[её]т|подключится|свяж\p{L}+|запис\p{L}+|брон\p{L}+|приходите|i|i['’]ll|we|we['’]ll|us|me|anna|will|meet|see\s+you|expect|book\p{L}*|call\s+you|ring\s+you|let['’]s|shall)(?!\p{L})`,
)
const noAdvice = compilePattern(
  String.raw`(?<!\p{L})(?:не\s+(?:\p{L}+\s+){0,2}?(?:подскаж|совет|консульт|юрист|врач|отвеч|возьмусь|берусь|скажу|являюсь|могу|знаю|вправе)|спрос\p{L}+\s+(?:\p{L}+\s+)?(?:юрист|врач)\p{L}*|ask\s+(?:an?|your)\s+(?:lawyer|doctor)|(?:put|take|left|best)\s+to\s+(?:an?|your)\s+(?:lawyer|doctor|accountant)|no\s+help\s+(?:there|here|with)|(?:лучше|надо|стоит)\s+(?:\p{L}+\s+)?(?:к|у)\s+(?:юрист|врач|бухгалтер)\p{L}*|(?:not|n['’]t|cannot|no)\s+(?:\p{L}+\s+){0,2}?(?:advi[sc]|lawyer(?!\s+(?:is\s+)?needed)|doctor|judge|answer|comment|tell|say))`,
)
const handedOver = compilePattern(
  String.raw`(?<!\p{L})(?:если|хотите|захотите|поз(?:ву|вать|овём)|нужен|передам|передать|соедин\p{L}+|подключ\p{L}+|ответит|if|prefer|shall|want|would|connect|hand)(?!\p{L})`,
)
const colleague = compilePattern(
  String.raw`(?<!\p{L})(?:коллег\p{L}*|менеджер\p{L}*|руководител\p{L}*|специалист\p{L}*|юрист\p{L}*|врач\p{L}*|colleagues?|manager|specialist|lawyers?|doctors?|a\s+human|a\s+person)(?!\p{L})`,
)
const has = (pattern: RegExp, text: string) => text.search(pattern) >= 0

/** Whether a text takes back every denial in it. */
export const undoesDenials = (text: string) => has(undone, text)

/** `names` says whether the business names the people or firms in a text; `denied` is the denied hit before this one. */
export function isExcused(
  excuse: Excuse,
  { sentence, start, end }: Place,
  { names, denied }: { names: (text: string) => boolean; denied: Place | null },
): boolean {
  const before = sentence.slice(0, start)
  const asked = /\?\s*\p{Extended_Pictographic}?$/u.test(sentence) && !has(firstPerson, sentence)
  switch (excuse) {
    case 'denied': {
      const between = denied && sentence.slice(denied.end, start)
      return isDenied(startOf(before), sentence.slice(end), sentence, between)
    }
    case 'their ways':
      return asked && has(theirWays, sentence)
    case 'their numbers':
      return asked && has(theirNumbers, sentence)
    case 'their wish':
      return asked && has(theirWish, sentence)
    case 'their seasons':
      return (
        asked &&
        (has(bareDay, sentence.slice(start, end)) ||
          (has(oneDay, sentence.slice(start, end)) && has(asksOfThem, sentence))) &&
        has(theirBusiness, sentence) &&
        !has(appointment, sentence)
      )
    case 'free of theirs':
      return asked && has(theirFree, sentence)
    case 'their story': {
      const isSpan = /^(?:через|in|within|\p{L}+\s+через)\s/u.test(sentence.slice(start, end))
      return isSpan && has(story, sentence) && !has(meets, sentence)
    }
    case 'no advice':
      return has(noAdvice, sentence)
    case 'handed over':
      return has(handedOver, sentence)
    case 'left to a human': {
      const isLeft = (text: string) => (names(text) || has(colleague, text)) && has(leftToHuman, text)
      const [head, tail] = [startOf(before), /^[^,;:—–.()]*/u.exec(sentence.slice(end))?.[0] ?? '']
      const clause = head + sentence.slice(start, end) + tail
      if (has(promise, clause) || has(ordered, clause) || has(ourWord, head)) return false
      return isLeft(clause) || (has(topic, head) && isLeft(sentence))
    }
  }
}

/** The clause that goes on, from its beginning. */
const startOf = (before: string) => before.slice(before.search(/[^,;:—–.()]*$/u))
