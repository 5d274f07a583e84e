import { words } from '../compile-pattern.ts'
import type { ReplyRule } from '../reply-rule.ts'

const freeOffered = [
  words(
    String.raw`ни\s+(?:одной\s+|одного\s+)?(?:копей|рубл|цент|грош)\p{L}*|(?:месяц|недел\p{L}*|день|период|старт|квартал|начало)\s+(?:за\s+(?:нами|нас|мной)|с\s+нас|на\s+нас)|ничего\s+(?:\p{L}+\s+){0,3}?(?:стоить|стоит|платить)|не\s+будет\s+(?:\p{L}+\s+)?стоить`,
    String.raw`без\s+(?:всякой|какой-либо|единой)\s+(?:плат|оплат|копейк)\p{L}+|подарок|подарк\p{L}+|за\s+сч[её]т\s+(?:фирмы|компании|заведения)`,
    String.raw`(?:won['’]?t|will\s+not|doesn['’]?t|does\s+not|never)\s+(?:set\s+you\s+back|cost\s+you|charge\s+you)(?:\s+\p{L}+){0,3}|(?:month|weeks?|fortnight|year|trial|start|quarter|lunch|round|set-?up)\s+(?:is\s+|are\s+|will\s+be\s+)?on\s+(?:me|us)|(?:set\s+you\s+back|cost\s+you|charge\s+you|take)\s+(?:not\s+)?(?:a\s+|one\s+|any\s+)?(?:single\s+)?(?:penny|cent|dime|nothing|thing)|not\s+(?:a|one)\s+(?:single\s+)?(?:dime|penny|cent)|zilch|nothing\s+to\s+pay|no\s+money\s+(?:is\s+)?(?:needed|required|down)|ден(?:ег|ьги)\s+не\s+(?:нуж|над|потребу|бер)\p{L}+`,
    String.raw`(?:gets?|receives?|wins?|earns?)\s+a\s+(?:present|gift|prize|bonus)|as\s+a\s+present`,
  ),
]

/** Whose being free costs nobody anything: an hour, a day of the week, a place in the calendar. */
const timeIs = String.raw`(?:times?|slots?|windows?|options?|ones|mornings?|noons?|afternoons?|evenings?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|calendars?|di(?:ary|aries))\s+(?:is|are|was|were|seems?|looks?)(?:\s+(?:still|also|both|all|now|currently|completely|quite))?`

/** The word where it says that nothing is paid, in lower case; not of a time or of a person. */
export const freeOfCharge = String.raw`free(?!\s*:?\s*\[times\])(?<!${timeIs}\s+free)(?!\s+(?:of\s+(?!charge|cost|payment|fee)|to|times?|slots?|hours?|minutes?|moments?|windows?|on|up|around|after|before|at|then|for\s+a\s+(?:call|talk|chat)))(?<!feel\s+free|you\s+free|you\s+are\s+free|you['’]re\s+free|be\s+free|anna\s+is\s+free|hands[\s-]free|calendar\s+is\s+free)`

export const freeRules: ReplyRule[] = [
  {
    name: 'a promise of something free of charge',
    find: [
      ...freeOffered,
      words(
        String.raw`(?:внедрени|настройк|обучени|поддержк|сопровождени|запуск|подключени|интеграци|расход|затрат|комисси|первый|всё|это)\p{L}*\s+(?:за\s+нами|за\s+мной|на\s+нас|берём\s+на\s+себя|возьмём\s+на\s+себя|покро\p{L}+|оплат(?:им|ит))|просто\s+так|прицепом|в\s+придачу|в\s+нагрузку|довеском|впридачу|(?:плюсом|сверху)\s+(?:\p{L}+\s+)?(?:дам|дадим|полож|добав|идёт|идет|получ)\p{L}*|(?:не\s+возьм|ничего\s+не\s+возьм|не\s+попрос)\p{L}+\s+(?:\p{L}+\s+)?(?:ни|с\s+вас|деньг|денег)\p{L}*|(?:не|ничего)\s+(?:\p{L}+\s+)?(?:списыва|спиш|снима|сним)\p{L}+|без\s+(?:договор\p{L}*\s+и\s+)?сч[её]тов|ноль\s+(?:рубл|затрат|вложени|расход)\p{L}*`,
        String.raw`(?:we|i)(?:['’]ll|\s+will|\s+can)?\s+(?:cover|absorb|shoulder|pick\s+up|bear|foot)\s+(?:the\s+|your\s+|all\s+|every\s+)*(?:\p{L}+\s+)?(?:costs?|set-?up|fees?|bill|training|expenses?|tab|launch|onboarding|integration|support)|no\s+(?:invoices?|bills?)|for\s+zero|for\s+nothing|costs?\s+zero|(?:comes?|goes|thrown?)\s+(?:along|in|with\s+it)\s+(?:for\s+\p{L}+|as\s+\p{L}+|too)|not\s+(?:bill|charge|invoice)\p{L}*|(?:fee|charge|cost|price)s?\s+(?:is|are|gets?)\s+waived|waiv\p{L}+|zero\s+(?:money|cost|outlay|investment)`,
      ),
      words(
        String.raw`бесплатн\p{L}*|даром|задаром|безвозмездн\p{L}*|за\s+(?:наш|мой)\s+сч[её]т|в\s+подарок|подарим|дарим|ноль\s+рублей|ничего\s+не\s+(?:стоит|платите)|не\s+нужно\s+(?:ничего\s+)?платить`,
        String.raw`${freeOfCharge}|no\s+charge|(?:at\s+)?no\s+cost|complimentary|on\s+(?:us|the\s+house)|gratis|for\s+nothing|without\s+charge|not\s+pay\s+(?:a|any)\p{L}*|costs?\s+(?:you\s+)?nothing|zero\s+cost|gifts?`,
      ),
      words(
        String.raw`без\s+(?:оплаты|денег|затрат)|ничего\s+не\s+(?:надо|нужно|придётся|придется)\s+платить|не\s+(?:за|у)?платите|подарк\p{L}+|презент\p{L}*|на\s+халяву|халяв\p{L}*|за\s+так|пробн\p{L}+\s+(?:период|месяц|недел|доступ)\p{L}*|попользуетесь|тест-?драйв\p{L}*`,
        String.raw`without\s+(?:paying|payment|any\s+cost|cost)|throw\s+in|free\s+of\s+charge|trial\s+(?:period|week|month)|free[\s-]trial|as\s+a\s+(?:gift|present)`,
      ),
      words(
        String.raw`за\s+(?:[\p{L}]+\s+)?сч[её]т\s+(?:компани|фирм|заведени|нас|нашей)\p{L}*|за\s+наш\s+сч[её]т|платить\s+(?:\p{L}+\s+)?не\s+(?:надо|нужно|прид[её]тся|потребуется)|нулев\p{L}+\s+(?:цен|стоимост|тариф|оплат)\p{L}*|без\s+доплат\p{L}*`,
        String.raw`(?:at|on)\s+our\s+(?:expense|cost|dime|tab|side)|(?:you\s+)?pay\s+(?:nothing|zero|nil)|zero\s+(?:fee|price|charge)s?|won['’]?t\s+(?:cost|pay)\s+(?:you\s+)?(?:a|any|anything)\p{L}*|(?:don['’]?t|not)\s+(?:have\s+to\s+|need\s+to\s+)?pay\s+(?:for|anything|a)`,
      ),
    ],
    unlessFree: true,
    excuses: ['denied', 'free of theirs'],
    examples: { ru: 'Первый месяц бесплатно', en: 'The first two weeks are free' },
  },
]
