import { words } from '../compile-pattern.ts'
import { amount } from '../number-words.ts'
import type { ReplyRule } from '../reply-rule.ts'

const places = String.raw`мест|слот|окн|окош|квот|вариант|позици|лицензи|пакет`
const placesEn = 'spots?|seats?|slots?|places?|openings?|licen[cs]es?|packages?'

/** Hurry, scarcity and threats of loss: none of it is true of a business that does not state it. */
export const pressureRules: ReplyRule[] = [
  {
    name: 'pressure: a deadline, few places or a loss that nobody stated',
    find: [
      words(
        // the last of its kind
        String.raw`последн\p{L}+\s+(?:шанс|мест|возможност|день|дни|час|попытк|слот|предложени|окн|окош|напоминани|предупреждени)\p{L}*`,
        String.raw`(?:единственн|уникальн|редк|такой|такая|такую|эта|эту)\p{L}*\s+(?:шанс|возможност|случа[йя]|предложени|удач)\p{L}*`,
        String.raw`(?:упус[тк]|прозева|прошляп|пролет|проморг)\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:шанс|возможност|выгод|момент|мест|предложени|врем|услови)\p{L}*`,
        String.raw`last\s+(?:window|chance|call|spots?|seats?|slots?|places?|days?|opportunity|reminder|offer)|final\s+(?:call|offer|chance|days?|hours?|reminder|notice)|(?:only|one|once|unique|rare|golden)[\s-](?:\p{L}+[\s-]){0,2}?(?:chance|opportunity)|once\s+in\s+a\s+lifetime|miss(?:ing)?\s+(?:out|(?:this|your|the|a|such)\s+(?:\p{L}+\s+)?(?:chance|offer|deal|opportunity|moment|window|boat|price|spot|seat))`,
      ),
      words(
        // few places, many others
        String.raw`остал\p{L}{1,3}\s+(?:\p{L}+\s+){0,3}?(?:(?:${places})\p{L}*|${amount}\s+(?:\p{L}+\s+)?(?:час|минут|дн)\p{L}*|считан\p{L}+|пара\s+(?:час|дн|минут)\p{L}*)`,
        String.raw`(?:${places})\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:нет|не\s+оста\p{L}+|не\s+будет|мало|немного|кончаются|кончатся|заканчива\p{L}+|закончат\p{L}+|разбира\p{L}+|разберут|расхват\p{L}+|ограничен\p{L}*|тают|уходят|уйдут|остал\p{L}+)`,
        String.raw`(?:ограничен|считан)\p{L}*\s+(?:числ|колич|набор|предложени|тираж|серия|час|дни|минут)\p{L}*|ограничен\p{L}*\s+по\s+времени|(?:числ|количеств|набор)\p{L}*\s+(?:\p{L}+\s+){0,5}?ограничен\p{L}*|(?:набор|запись|при[её]м|регистраци\p{L}+)\s+(?:\p{L}+\s+)?(?:закр|заканч|заверш)\p{L}+`,
        String.raw`(?:в|за)\s+очеред\p{L}+|(?<!(?:у\s+вас|у\s+них|у\s+\p{L}{3,}ов)\s)очеред\p{L}+\s+(?:из|на|растёт|растет|большая|длинная)|перед\s+вами\s+(?:\p{L}+\s+){0,2}?(?:компани|человек|клиент|заявк|желающ)\p{L}*|(?:желающих|претендент\p{L}*)\s+(?:\p{L}+\s+)?(?:много|больше|полно|хватает)|на\s+(?:ваше|это|этот)\s+(?:\p{L}+\s+)?(?:место|слот|окно|время)\s+(?:уже\s+)?(?:претенд|есть|друг|ещё)\p{L}*|(?:уже|сейчас|только\s+что)\s+(?:\p{L}+\s+)?(?:смотр|рассматрива|бронир|забронир)\p{L}+\s+(?:\p{L}+\s+)?(?:друг|ещё|человек|компани)\p{L}*`,
        String.raw`(?:${placesEn})\s+(?:\p{L}+\s+){0,3}?(?:left|remain\p{L}*|limited|gone|taken|disappear\p{L}*|sell\p{L}*|vanish\p{L}*|fill\p{L}*|run\p{L}*\s+out)|(?:few|limited|two|three|one|\d+)\s+(?:\p{L}+\s+)?(?:${placesEn})(?=\s*(?:[.,!;]|$|left|remain|available))|(?:nearly|almost|practically)\s+(?:full|gone|sold\s+out|fully\s+booked|out\s+of)|filling\s+(?:up\s+)?fast|(?:selling|going)\s+(?:out\s+)?fast|(?:running|run)\s+out|number\s+of\s+(?:[\p{L}-]+\s+){1,5}?(?:is|are)\s+limited|last\s+day\s+(?:\p{L}+\s+)?(?:we|to)|limited[\s-](?:time|offer|number|availab\p{L}+|edition|intake)|(?:hours?|minutes?|days?)\s+(?:left|remain\p{L}*)`,
        String.raw`(?:${amount}|other|several|more)\s+(?:\p{L}+\s+){0,2}?(?:companies|firms|clients|customers|people|businesses|teams)\s+(?:\p{L}+\s+)?(?:want|need|wait\p{L}*|ask\p{L}*|compet\p{L}*|fight\p{L}*)\s+(?:\p{L}+\s+)?(?:this|that|the|your|it)|(?:so|please|better)\s+(?:answer|reply|respond)\s+(?:\p{L}+\s+)?(?:fast|quickly|quick|now|at\s+once|right\s+away|immediately)|(?:ahead\s+of|before)\s+you\s+(?:in|on)|in\s+(?:the\s+)?(?:queue|line)\s+(?:ahead|before)|wait(?:ing)?[\s-]?list|(?:others?|somebody\s+else|someone\s+else|another\s+\p{L}+)\s+(?:is|are|was|has|have)\s+(?:\p{L}+\s+)?(?:looking|interested|eyeing|waiting|asking|asked|want\p{L}*|about)`,
      ),
      words(
        // decide at once
        String.raw`поезд\s+(?:уйд|уш[её]л|уход)\p{L}*|только\s+(?:для\s+)?тех,?\s+кто|успей(?:те)?|решай(?:тесь|ся)|(?:отда|переда|уступ)\p{L}*\s+(?:\p{L}+\s+)?(?:мест|слот|окн|врем)\p{L}*\s+друг\p{L}+|поторап\p{L}+|поторопи\p{L}+|торопи(?:тесь|сь)|спеши(?:те|м)?|реша(?:йте|йтесь|ть|ться)\s+(?:(?!не\s)\p{L}+\s+){0,2}?(?:сейчас|сегодня|быстр\p{L}+|скорее|прямо|срочно|немедленно)|(?:сейчас|сегодня|быстр\p{L}+|скорее|срочно|немедленно)\s+(?:\p{L}+\s+)?реша\p{L}+|действуйте|не\s+(?:откладывай|затягивай|тян|упуст|раздумыва|медл|зева|жди)\p{L}*|бронируйте|(?:завтра|потом|позже|будет)\s+(?:\p{L}+\s+)?поздно|пока\s+(?:не\s+поздно|есть\s+(?:мест|возможн|шанс)\p{L}*|действ\p{L}+|горяч\p{L}+|дают|можно|ещё\s+(?:есть|действ)\p{L}*)|сейчас\s+или\s+никогда|время\s+(?:пошло|истека\p{L}+|тикает|на\s+исходе)|(?:часики|счётчик|таймер)\s+тика\p{L}+`,
        String.raw`train\s+(?:has|will\s+have)\s+left|ship\s+(?:has\s+)?sailed|(?:just|only)\s+for\s+those\s+who|first\s+come|hurry|act\s+(?:now|fast|today|quickly)|(?:decide|sign|book|buy|choose|commit|grab|claim|secure|lock)\s+(?:\p{L}+\s+){0,3}?(?:now|fast|today|quickly|quick|immediately|at\s+once|right\s+away|without\s+thinking)|do(?:n['’]?t|\s+not)\s+(?:wait|delay|hang\s+about|sleep\s+on|put\s+it\s+off|think\s+(?:too\s+)?long)|too\s+late|now\s+or\s+never|while\s+(?:it|they|stocks?|places?|spots?|supplies)\s+lasts?|before\s+it(?:['’]s|\s+is)\s+(?:gone|over)|(?:clock|time)\s+is\s+(?:ticking|running)|without\s+thinking|today\s+only|only\s+today|this\s+(?:week|month)\s+only`,
      ),
      words(
        // what ends or changes soon
        String.raw`(?:только|лишь)\s+(?:до\s+\p{L}+|сегодня|на\s+этой|эту\s+неделю|один\s+день|первым|для\s+первых)|до\s+(?:полуночи|конца\s+(?:дня|недели|месяца|суток|акции))|(?:после|с)\s+(?:полуночи|этого|завтрашн\p{L}+|понедельника)\s+(?:[^.!?\n]{0,40}\s)?(?:не\s+(?:сможем|получится|будет|выйдет|подключ\p{L}+|возьм\p{L}+)|нельзя|закро\p{L}+|подорожа\p{L}+)`,
        String.raw`сгор(?:ит|ят|ает|ают|ел[аио]?)|аннулир\p{L}+|(?:предложени|услови|возможност|бронь|акци|дверь|окно)\p{L}*\s+(?:\p{L}+\s+){0,3}?(?:действ|истек|истеч|закан|заверш|закро|закры|измен|поменя|пропад|исчез|уйд|ждать|сним|ужесточ|долго)\p{L}*`,
        String.raw`(?:цен|тариф|ставк|стоимост|прайс)\p{L}*\s+(?:\p{L}+\s+){0,3}?(?:измен|вырас|растут|растёт|поднимут|подним|повыс|подорожа|поменя|взлет|прыгн)\p{L}*|подорожа\p{L}+|станет\s+дороже|будет\s+дороже`,
        String.raw`(?:заявк|запрос|карточк|место|слот|бронь|доступ|время|окно)\p{L}*\s+(?:\p{L}+\s+){0,3}?(?:отда(?:дим|ём|дут|ют)|уйд[её]т|достанется|перейд[её]т|закро(?:ем|ется|ют)|пропад[её]т|сним(?:ем|ут)|спиш\p{L}+|отклон\p{L}+|удал(?:им|ится|ят)|забер\p{L}+|займ[её]т|займут)`,
        String.raw`(?:offer|deal|price|terms|rates?|conditions?|window|door|promotion|discount|intake|enrol\p{L}+)s?\s+(?:\p{L}+\s+){0,3}?(?:expir\p{L}+|ends?|goes\s+up|go\s+up|going\s+up|chang(?:es?|ing)|rises?|rising|increas\p{L}+|clos(?:es?|ing)|gone|won['’]t\s+last|disappears?|runs?\s+out|lapses?|vanish\p{L}*|jumps?)|only\s+(?:until|till|through)|until\s+(?:midnight|the\s+end\s+of\s+(?:the\s+)?(?:day|week|month))|after\s+(?:midnight|that|today|tomorrow|this\s+week)\s+(?:we|i|it|the|you|there)\s+(?:\p{L}+\s+){0,3}?(?:can['’]?t|cannot|won['’]?t|no\s+longer|closed?|gone|impossible)`,
        String.raw`(?:request|spot|place|application|seat|slot|booking|access|reservation)\s+(?:\p{L}+\s+){0,2}?(?:is|are|will\s+be|gets?|get|be|goes|go)\s+(?:\p{L}+\s+)?(?:cancel\p{L}*|void\p{L}*|given|lost|closed|released|deleted|dropped|passed|removed|to\s+(?:somebody|someone|others?|another|the\s+next))|(?:give|pass|hand)\s+(?:your|the|this)\s+(?:spot|place|seat|slot|time|offer|price)\s+(?:away|on|to\s+(?:somebody|someone|others?|another|the\s+next))`,
      ),
    ],
    unlessKnown: true,
    excuses: ['denied', 'their ways', 'their story'],
    examples: { ru: 'Осталось два места, решайте сегодня', en: 'Only two spots left, act now' },
  },
]
