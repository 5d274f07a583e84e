import { compilePattern, words } from '../compile-pattern.ts'
import { amount } from '../number-words.ts'
import type { ReplyRule } from '../reply-rule.ts'

const outcomePromised = [
  words(
    String.raw`(?:никак\p{L}+|нулев\p{L}+|без)\s+риск\p{L}*|риск\p{L}*\s+(?:нет|никак\p{L}+|нулев\p{L}+|ноль|исключ\p{L}+)|ничем\s+не\s+риску\p{L}+|ничего\s+не\s+теря\p{L}+|отобь[её]т\p{L}*|отобьют\p{L}*|окуп(?:ите|ает|аются|ается|ятся|ится|им)\p{L}*|прибыль\p{L}*\s+(?:пойд[её]т|будет|прид[её]т)|успех\p{L}*\s+(?:вам\s+)?обеспеч\p{L}+`,
    String.raw`вложени\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:верн|окуп|отобь)\p{L}+|(?:точно|только|обязательно)\s+выигра\p{L}+|(?:can|will|could)\s+only\s+(?:win|gain|profit)|(?:zero|no)\s+risks?|nothing\s+to\s+lose|recoup\p{L}*|break(?:s|ing)?\s+even|pays?\s+(?:it(?:self)?\s+)?back|(?:get|have|see|earn)\s+(?:\p{L}+\s+){0,2}?(?:investment|outlay)\s+back`,
  ),
]

const gain = 'продаж|выручк|конверси|прибыл|оборот|заяв|клиент|доход|чек'

const gainEn = 'sales|revenue|conversions?|profits?|leads?|income|turnover|clients|customers|deals'

const growth = words(
  String.raw`вырас\p{L}+|увелич(?:им|ит|ится|атся|ивает|иваем)\p{L}*|прибав\p{L}+|удво\p{L}+|утро\p{L}+|вдвое|втрое|взлет\p{L}+|подни(?:мем|мутся|мется|му|мет)|повыс(?:им|ит|ится|ятся)|рост(?:а|ом|у)?|подскоч\p{L}+|повал(?:ят|ит)|хлын\p{L}+|попр[её]т|толп(?:ой|ами)|вверх|в\s+гору|heads?\s+north|takes?\s+off|flood\p{L}*|pour\p{L}*|creep\p{L}*\s+up|crawl\p{L}*\s+up|кратн\p{L}+|в\s+гору|умнож\p{L}+|раст[её]т|растут|обгон\p{L}+|вырастете|рван\p{L}+|зашкал\p{L}+|больше\s+чем\s+сейчас`,
  String.raw`doubl\p{L}+|tripl\p{L}+|grow(?:s|th|ing)?|increas\p{L}+|boost\p{L}*|rise|rises|soar\p{L}*|skyrocket\p{L}*|go(?:es)?\s+up|up\s+by|multipl\p{L}+|win\s+more|twice|raises?|lifts?|surges?|jumps?|climbs?|explodes?|improves?\s+by|shoot\p{L}*`,
)

const gains = words(String.raw`(?:${gain})\p{L}*|${gainEn}|бизнес\p{L}*|business`)

/** A number of days needs the knowledge behind it anyway; a yes to the lead's own number would pass for theirs. */
const deadlineVerb = String.raw`(?:сделаем|сделаю|успеем|успею|запустим|внедрим|настроим|настрою|закончим|управимся|справимся|построим|подключим|выполним|сдадим|будет\s+готово)`

export const promisesRules: ReplyRule[] = [
  {
    name: 'a refund, a guarantee or a promised result',
    find: [
      ...outcomePromised,
      words(
        // made good, insured
        String.raw`покро(?:ем|ю|ет)|рискуем|рискую|результат\p{L}*\s+(?:\p{L}+\s+)?(?:прописан|закрепл[её]н|зафиксирован)\p{L}*|отвеча(?:ем|ю)\s+(?:рубл|деньг|кошельк)\p{L}*|при\s+своих(?:\s+деньгах)?|риск\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:на\s+(?:нас|нашей|мне)|наш|бер[её]м)|(?:бер[её]м|беру|возьм[её]м)\s+(?:\p{L}+\s+)?риск\p{L}*|(?:нес[её]м|нес[уё]|бер[её]м)\s+(?:\p{L}+\s+)?ответственност\p{L}*|слово\s+чести|честное\s+слово|мамой\s+клян\p{L}+|себя\s+не\s+узнаете|застрахован\p{L}*|страхов\p{L}+|подстрах\p{L}+|(?:деньги|средства|вложения)\s+(?:\p{L}+\s+){0,3}?(?:цел|сохран|защищ|безопасн|остан|никуда)\p{L}*|(?:отда|верн|вышл)\p{L}+\s+(?:\p{L}+\s+){0,2}?(?:назад|обратно|полностью|до\s+копейки)`,
        String.raw`make\s+you\s+whole|(?:we|i)\s+risk|last\s+(?:penny|cent|dime)|results?\s+(?:is|are)\s+(?:\p{L}+\s+)?(?:written|fixed|laid\s+down)|mark\s+my\s+words|(?:truckloads?|tons|heaps|loads|sea|crowds?|piles?)\s+of\s+(?:\p{L}+\s+)?(?:${gainEn})|money\s+is\s+(?:still\s+)?yours|risks?\s+(?:is|are)\s+(?:\p{L}+\s+)?(?:on\s+(?:us|our)|ours)|(?:take|bear|carry)\s+(?:all\s+|the\s+|full\s+)*(?:risks?|responsibility)|on\s+my\s+honou?r|insured|(?:money|cash|funds)\s+(?:\p{L}+\s+){0,3}?(?:safe|secure|protected|insured)|cover\s+(?:any|every|all|the|your)\s+(?:\p{L}+\s+)?(?:loss\p{L}*|damage|shortfall)|(?:hand|give|send|pay)\s+(?:\p{L}+\s+){0,3}?back(?=\s*(?:[.,!;]|$|in\s+full|if|when))|every\s+(?:last\s+)?(?:cent|penny|dime)`,
      ),
      words(
        // certain success
        String.raw`(?:взрывн|бешен|небывал|фантастическ|кратн|стремительн|мгновенн)\p{L}+\s+(?:рост|результат|эффект|отдач|прибыл|продаж)\p{L}*|взорв[её]т|(?:не\s+было|нет)\s+ни\s+(?:одного|единого)\s+\p{L}+|ни\s+(?:одного|единого)\s+(?:провал|отказ|сбо|случа|недоволь)\p{L}*|(?:всегда|у\s+всех|безотказно|стабильно|каждый\s+раз)\s+(?:\p{L}+\s+)?(?:срабатыва|работа|получа|окупа|да[её]т|помога)\p{L}*|(?:раз\s+и\s+)?навсегда|никогда\s+больше|больше\s+не\s+будет\s+никогда|больше\s+(?:\p{L}+\s+)?никогда|вот\s+увидите|сами\s+увидите|(?:перевыполн|обгон|перепл[юе]н|сдела|выполн|закро)\p{L}+\s+(?:\p{L}+\s+){0,2}?(?:план|норм|квот)\p{L}*|миллионер\p{L}*|озолот\p{L}+|разбогате\p{L}+|станете\s+(?:лидер|перв|номер)\p{L}*|ни\s+одн\p{L}+\s+(?:заявк|клиент|лид|сделк)\p{L}*\s+(?:\p{L}+\s+)?больше\s+не|безотказн\p{L}+|безошибочн\p{L}+|провал\s+исключ\p{L}+|сработает\s+(?:точно|на\s+все|обязательно|у\s+всех)|(?:точно|обязательно|наверняка|железно|непременно|однозначно|гарантированно)\s+(?:\p{L}+\s+){0,2}?(?:сработа|поможет|окуп|выигра|обгон|вырас|продад|заработ|закро|получи[тш]|увид|станет|станете|добь)\p{L}*`,
        String.raw`(?:explosive|massive|huge|tremendous|record|instant|immediate|dramatic)\s+(?:\p{L}+\s+)?(?:growth|results?|gains?|returns?|profits?|sales|jump|increase)|(?:bound|certain|sure|destined|set)\s+to\s+(?:\p{L}+\s+)?(?:beat|win|grow|succeed|earn|sell|close|hit|double|gain|get|see|work|love|pay)|(?:never|not\s+once)\s+(?:\p{L}+\s+)?(?:fail\p{L}*|let\s+\p{L}+\s+down|disappoint\p{L}*)|(?:always|every\s+time|for\s+every\p{L}*)\s+(?:works?|delivers?|pays?|succeeds?)|works?\s+(?:every\s+time|for\s+every\p{L}*|without\s+fail|like\s+magic)|(?:never|not)\s+(?:\p{L}+\s+)?lose\s+(?:an?|one|any|another)\s+(?:\p{L}+\s+)?(?:deal|sale|client|customer|cent|penny)|(?:beat|smash|exceed|crush|outperform|hit)\p{L}*\s+(?:your|the|every|any)\s+(?:\p{L}+\s+)?(?:targets?|plans?|quotas?|competit\p{L}+|numbers)|profits?\s+(?:\p{L}+\s+)?(?:come|comes|flow|flows|follow|follows|roll|arrive)\p{L}*|you['’]ll\s+see(?=\s*(?:[.!]|$))|not\s+(?:one|a\s+single)\s+(?:lead|deal|client|customer|sale)\s+(?:\p{L}+\s+){0,6}?(?:any\s?more|again|ever)|get\s+rich|make\s+(?:you\s+)?(?:millions|rich|a\s+fortune)|can['’]?t\s+go\s+wrong|without\s+fail|fail-?safe`,
      ),
      words(
        String.raw`(?:верн[её]м|вернут|возвра(?:тим|щаем|щу|т|та)|верну)(?!ся)\s+(?:\p{L}+\s+){0,3}?(?:деньги|денег|средств\p{L}*|оплат\p{L}*|сумм\p{L}*|вс[её]|рубл\p{L}*|стоимость|полностью|до\s+копейки|предоплат\p{L}*)|(?:деньги|средства|сумму|вс[её])\s+(?:\p{L}+\s+)?(?:назад|обратно|верн[её]м|вернут|возвращаем|возвратим|вернутся)|возврат\p{L}{0,2}|манибэк|moneyback|money[\s-]back|refund\p{L}*|reimburs\p{L}*|(?:return|give\s+back|give\s+you\s+back)\s+(?:\p{L}+\s+){0,3}?(?:money|penny|cent|dollar|fee)|your\s+money\s+(?:\p{L}+\s+)?back|get\s+your\s+money`,
        String.raw`гарант(?!ийн\p{L}+\s+(?:обращени|случа|ремонт|талон|заявк|вопрос))\p{L}*|стопроцентн\p{L}*|сто\s+процентов|обеща(?:ю|ем)|ручаюсь|ручаемся|клянусь|клян[её]мся|уверяю|даю\s+слово|точно\s+получите|без\s+риска|никакого\s+риска|guarant\p{L}*|warrant(?!y\s+(?:requests?|claims?|cases?|repairs?|calls?|questions?))\p{L}*|(?:i|we)(?:['’]ll)?\s+promise|i\s+swear|you\s+have\s+my\s+word|risk[\s-]free|no\s+risk|sure\s+thing\s+that`,
        String.raw`удво(?:им|ю|ятся|ится)\p{L}*|утро(?:им|ятся|ится)|(?:увеличим|повысим|поднимем|вырастим|приумножим|нарастим|умножим|разгоним)\s+(?:\p{L}+\s+){0,3}?(?:${gain})\p{L}*|(?:${gain})\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:вырастут|вырастет|увеличатся|увеличится|удвоятся|удвоится|взлетят|станет|повысится)|в\s+(?:${amount})\s+раза?\s+(?:больше|выше|быстрее)|(?:вдвое|втрое|вчетверо)\s+(?:\p{L}+\s+)?(?:больше|выше|${gain})\p{L}*|(?:больше|вырастут|увеличим)\s+(?:\p{L}+\s+)?(?:в\s+${amount}\s+раза?|вдвое|втрое)|удвоить\s+(?:\p{L}+\s+)?(?:${gain})\p{L}*|окупится|окупятся|окупим\p{L}*`,
        String.raw`(?:we|i|it|this|sales|revenue|they|you)(?:['’]ll|\s+will|\s+are\s+going\s+to|\s+can)?\s+(?:\p{L}+ly\s+)?(?:double|triple|quadruple|increase|boost|skyrocket|grow|multiply|doubles|triples)\s+(?:\p{L}+\s+){0,2}?(?:${gainEn})|(?:${gainEn})\s+(?:will|shall|are\s+going\s+to|is\s+going\s+to)\s+(?:\p{L}+\s+)?(?:double|triple|grow|increase|rise|soar|skyrocket|go\s+up|explode)|(?:twice|double|triple|three\s+times|ten\s+times|\d+\s*x|\d+\s+times)\s+(?:as\s+many\s+|more\s+|the\s+|your\s+)+(?:${gainEn})|pays?\s+for\s+itself|pay\s+off\s+in|\d+x`,
      ),
      words(
        String.raw`(?:верн|возврат|возвращ)\p{L}+\s+(?:\p{L}+\s+){0,2}?кажд\p{L}+\s+\p{L}+|зуб\s+даю|голов[уо]й?\s+(?:отвечаю|ручаюсь)|без\s+сомнений|стопудово|обеспечен[аоы]?|(?:точно|обязательно|наверняка|железно|непременно)\s+(?:\p{L}+\s+){0,2}?(?:получите|увидите|заработаете|вырастете|окуп\p{L}+|прибав\p{L}+|удво\p{L}+|вырастут|будет\s+результат)|результат\p{L}*\s+(?:обеспеч|гарант|неизбеж|точно|будет|вам)\p{L}*`,
        String.raw`(?:get|give|send|return|refund)\s+(?:you\s+)?(?:every|each|all)\s+(?:the\s+)?(?:penny|cent|dollar|pound|money)|(?:every|each)\s+(?:penny|cent|dollar)|(?:everything|it\s+all|cash|money)\s+back|no\s+doubt|(?:certainly|definitely|surely|for\s+sure|undoubtedly)\s+(?:\p{L}+\s+){0,3}?(?:win|get|earn|gain|grow|see|succeed|profit|make)|(?:results?|success|growth|profit)\s+(?:is|are)\s+(?:assured|certain|sure|guaranteed|ensured|inevitable)|assure\s+you`,
      ),
      words(
        String.raw`вдвое|втрое|вчетверо|впятеро|в\s+разы|в\s+(?:${amount})\s+раза?|без\s+вариантов|головой|ставлю\s+на\s+кон|отвечаем\s+за\s+результат|результат\s+(?:за|через)\s+\p{L}+`,
        String.raw`vouch\p{L}*|my\s+word|your\s+word\s+on|(?:\d+|two|three|four|five|ten|twice|\p{L}+)[\s-](?:fold|times)\s+(?:the|more|as|better|your)|(?:you\s+have|take)\s+(?:my|our)\s+word|assured|success\s+is|can['’]?t\s+(?:fail|lose)|foolproof|certainty`,
      ),
      words(
        String.raw`компенс\p{L}+|возмест\p{L}+|возмещ\p{L}+|compensat\p{L}+|make\s+(?:it\s+)?good\s+on|cover\s+your\s+(?:loss\p{L}*|costs?|expenses)|уверен\p{L}?\s+на\s+\p{L}+`,
      ),
    ],
    together: [
      [
        words(
          String.raw`деньг\p{L}*|денег|средств\p{L}*|сумм\p{L}+|оплат\p{L}+|предоплат\p{L}+|стоимость|money|funds?|payments?|fees?|cash`,
        ),
        words(
          String.raw`верн(?:[её]м|ут|у|ётся|утся)|возвр\p{L}+|обратно|назад|return(?:s|ed|ing)?|back|refund\p{L}*`,
        ),
      ],
      [growth, gains],
      [
        words(String.raw`больше|more`),
        compilePattern(String.raw`(?<!\p{L})(?:больше|more)\s+(?:\p{L}+\s+)?(?:${gain}|${gainEn})`),
      ],
    ],
    unlessKnown: true,
    excuses: ['denied', 'their ways', 'their wish', 'left to a human'],
    examples: { ru: 'Вернём все деньги', en: 'We guarantee twice the sales' },
  },
  {
    name: 'a deadline that the business does not state',
    find: [
      words(
        String.raw`${deadlineVerb}\s+(?:\p{L}+\s+){0,3}?за\s+(?:день|неделю|месяц)|(?:да|конечно|легко|разумеется|без\s+проблем|само\s+собой)[,!.]?\s+(?:\p{L}+\s+){0,2}?${deadlineVerb}\s+(?:\p{L}+\s+){0,3}?(?:за|в)\s+${amount}\s+(?:дн|день|дня|сут|недел|месяц)\p{L}*|улож(?:усь|имся|атся|ится)\s+(?:\p{L}+\s+){0,2}?в\s+(?:${amount}\s+)?(?:дн|день|дня|сут|недел|месяц)\p{L}*`,
        String.raw`(?:we|i)(?:['’]ll|\s+will|\s+can|\s+are\s+going\s+to)\s+(?:\p{L}+\s+){0,2}?(?:finish|deliver|launch|implement|complete|install|build|do|make|have|get|set|be|go)\s+(?:\p{L}+\s+){0,4}?(?:in|within)\s+(?:${amount}\s+|an?\s+)(?:day|week|month)s?`,
      ),
    ],
    unlessKnown: true,
    excuses: ['denied', 'their ways', 'their wish', 'left to a human'],
    examples: { ru: 'Да, сделаем за три дня', en: 'We will launch it within a week' },
  },
  {
    name: 'that people can be dismissed or are replaced',
    find: [
      words(
        String.raw`(?:уволить|увольте|увольняйте|сократить|сокращайте|разогнать)\s+(?:\p{L}+\s+){0,3}?(?:половин|треть|всех|отдел|менеджер|сотрудник|персонал|штат|команд|люд|продав)\p{L}*|(?:бот|робот|ии|ассистент|помощник|программа|система)\p{L}*\s+(?:\p{L}+\s+)?замен(?:ит|яет)\s+(?:\p{L}+\s+)?(?:всех|кажд|весь|отдел|менеджер|сотрудник|персонал|штат|команд|люд|продав)\p{L}*`,
        String.raw`(?:fire|dismiss|lay\s+off|sack|let\s+go(?:\s+of)?|get\s+rid\s+of)\s+(?:\p{L}+\s+){0,3}?(?:team|reps?|managers?|staff|people|employees|everyone|everybody|department|sellers|salespeople|half)|(?:bot|robot|ai|assistant|software|system|it)\s+(?:will\s+|can\s+)?(?:\p{L}+ly\s+)?replaces?\s+(?:\p{L}+\s+){0,2}?(?:team|reps?|managers?|staff|people|employees|everyone|everybody|department|sellers|salespeople)`,
      ),
    ],
    unlessKnown: true,
    excuses: ['denied', 'their ways', 'their wish'],
    examples: { ru: 'Бот заменит весь отдел', en: 'You can fire half of your team' },
  },
]
