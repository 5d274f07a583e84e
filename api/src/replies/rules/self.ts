import { words } from '../compile-pattern.ts'
import { amount } from '../number-words.ts'
import type { ReplyRule } from '../reply-rule.ts'

export const selfRules: ReplyRule[] = [
  {
    name: 'words from the instructions',
    find: [
      /prompt: |<\/?\w+>/gu,
      words(
        String.raw`offerid|offer_times|pickedofferid|system\s+(?:prompt|message|instructions?)|системн\p{L}+\s+(?:промпт|инструкци|сообщени|подсказк)\p{L}*|промпт\p{L}*`,
        String.raw`(?:my|the|these|initial|hidden|secret|previous|internal)\s+(?:\p{L}+\s+)?(?:instructions?|prompt(?!\s+(?:reply|answer|response|feedback))|guidelines|directives)|(?:i\s+(?:was|am|have\s+been)|i['’]ve\s+been|i['’]m)\s+(?:told|instructed|programmed|prompted|ordered|configured|trained)`,
        String.raw`(?:мне|нам)\s+(?:\p{L}+\s+)?(?:задан|дан|поставлен|прописан|заложен)\p{L}{0,3}\s+(?:инструкци|задач|правил|сценари|установк|скрипт)\p{L}*|(?:игнориру|отменя|забыва|обхожу|снима|сбрасыва)\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:правил|инструкц|ограничени|запрет|установк)\p{L}*|без\s+(?:\p{L}+\s+)?(?:ограничений|цензуры|фильтров)|(?:was|am|been|were)\s+given\s+(?:an?\s+|the\s+|my\s+)?(?:\p{L}+\s+)?(?:instructions?|script|rules?|task)|(?:ignor|forget|drop|bypass|overrid|disregard)\p{L}*\s+(?:all\s+|any\s+)?(?:my|the|these|those|previous|prior)\s+(?:\p{L}+\s+)?(?:rules?|instructions?|limits?|restrictions?|guidelines)|without\s+(?:any\s+)?(?:limits|restrictions|filters|censorship)`,
        String.raw`мне\s+(?:велено|велели|приказано|приказали|сказано|поручено|предписано|запрещено|запретили|дали\s+указани\p{L}+|дана\s+инструкци\p{L}+)|инструкци\p{L}*\s+(?:велит|велят|говор\p{L}+|требу\p{L}+|запреща\p{L}+|гласит)|(?:в|по|мои\p{L}*|моей|из)\s+(?:\p{L}+\s+)?инструкци\p{L}*|меня\s+(?:запрограммировали|настроили|проинструктировали|обучили)|я\s+запрограммирован\p{L}*`,
        String.raw`языков\p{L}+\s+модел\p{L}+|(?:large\s+)?language\s+model|chat\s?gpt|gpt(?:-?\d\S*)?|openai|anthropic|claude|api\s+keys?|ключ\p{L}*\s+api|access\s+token|токен\p{L}*|webhook\s+secret|sk-[a-z0-9_-]+|bearer`,
      ),
      /(?<![\p{L}\d])(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{20,}/gu,
      words(
        String.raw`мо[иё]х?\s+(?:правил|инструкц|настройк|установк|указани|промпт)\p{L}*|правила\s+(?:запрещают|велят|требуют|не\s+разрешают)|вот\s+(?:мои|их|весь|полный)\s+(?:текст|правил|инструкц)\p{L}*|системн\p{L}+\s+(?:сообщени|промпт|инструкц|текст|настройк)\p{L}*|разработчик\p{L}*\s+(?:велел|сказал|запретил|попросил)\p{L}*|нейросет\p{L}+\s+(?:от|gpt|yandex)\p{L}*`,
        String.raw`rules\s+(?:i\s+(?:was|have\s+been|am|follow)|that\s+i)|my\s+(?:own\s+)?(?:rules|instructions|guidelines|directives|configuration|programming)|(?:here\s+(?:are|is)|these\s+are)\s+(?:the|my)\s+(?:rules|instructions|prompt|guidelines)|(?:told|instructed|ordered|programmed|forbidden)\s+(?:me\s+)?(?:not\s+)?(?:never\s+)?to\s+(?:say|push|sell|mention|tell|hide|promise|talk|discuss|keep|act)|rules\s+(?:tell|say|require|force|oblige|forbid|order|make)|system\s+message|developers?\s+(?:told|asked|want|instructed)`,
      ),
      words(
        String.raw`(?:меня|мне)\s+(?:\p{L}+\s+)?(?:настроили|проинструктировали|обучили|попросили|научили|запретили|велели|ограничили)|мо(?:ему|ём|й|его|им|ём)\s+промпт\p{L}*|(?:запрещено|не\s+положено|не\s+велено)\s+(?:\p{L}+\s+)?(?:говорить|обсуждать|называть|раскрывать|сообщать)|(?:приказ|директив|установк)\p{L}*\s+(?:разработчик|компани|сверху|начальств)\p{L}*|моя\s+задача\s+(?:—|-)?\s*(?:продать|продавать|впарить|дожать|уговорить)|temperature\s+\d`,
        String.raw`(?:configured|instructed|programmed|trained|set\s+up|forbade|forbids?|ordered|prompted)\s+(?:me|not)|(?<!(?<!\p{L})you(?:['’]ve)?\s(?:(?:had|have|already|just|once)\s){0,2})told\s+(?:me|not)|my\s+prompt|i(?:['’]m|\s+am)\s+(?:not\s+allowed|forbidden)\s+to\s+(?:say|tell|talk|discuss|mention|reveal|name)(?!\s+(?:about\s+)?(?:other|our)\s+(?:companies|clients|customers))|my\s+(?:task|job|goal)\s+is\s+to\s+(?:sell|push|convince|close|persuade)`,
      ),
      words(
        String.raw`(?:раскры\p{L}+|показ\p{L}+|процитир\p{L}+|перечисл\p{L}+)\s+(?:[^.!?\n]{0,40}\s)?(?:подсказк|промпт|инструкц|правил)\p{L}*|(?:в|из)\s+(?:моей\s+)?(?:подсказк|установк)\p{L}+|the\s+prompt(?!\s+(?:reply|answer|response))|reveal\s+(?:my|the|what)|prompt\s+(?:says|tells|reads|begins|starts)`,
      ),
      words(
        String.raw`правил\p{L}*,?\s+(?:по\s+)?котор\p{L}+\s+(?:мне|меня|я)|(?:должн[аоы]?|обязан[аоы]?)\s+(?:на\s+)?(?:вас\s+)?(?:давить|дожать|дожимать|продать|впарить|уговор\p{L}+)|(?:have\s+to|must|supposed\s+to|should)\s+(?:press|push|pressure|persuade|convince)\s+you|system(?:ic)?\s+(?:text|rules?|notes?)|системн\p{L}+\s+\p{L}+|by\s+the\s+rules`,
      ),
      words(
        String.raw`(?:больше\s+)?(?:нет|без|снял\p{L}*|отключ\p{L}+|сброс\p{L}+)\s+(?:\p{L}+\s+){0,2}?(?:ограничен|запрет|фильтр)\p{L}*(?:\s+и\s+правил)?|(?:no|without|lifted|dropped|disabled)\s+(?:\p{L}+\s+){0,2}?(?:restrictions|guardrails|filters)|режим\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:включ[её]н|выключен|отключ[её]н|активирован)\p{L}*|(?:\p{L}+\s+)?mode\s+(?:is\s+)?(?:on|off|enabled|disabled|activated)|(?:я\s+теперь|i\s+am\s+now|i['’]m\s+now)\s+(?:dan|[\p{L}]+gpt|unrestricted|jailbroken)`,
      ),
    ],
    unlessKnown: true,
    examples: { ru: 'Мне велено не говорить о цене', en: 'My instructions tell me to sell' },
  },
  {
    name: 'a claim to be a human',
    find: [
      words(
        String.raw`я\s+(?:[—-]\s*)?(?:же\s+|тоже\s+)?(?:(?:живой|живая|настоящ\p{L}+|реальн\p{L}+|обычн\p{L}+|самый\s+\p{L}+)\s+)*(?:человек|девушка|женщина|мужчина|живой|живая|сотрудница|сотрудник)|я\s+(?:[—-]\s*)?не\s+(?:какой-то\s+)?(?:бот|робот|программа|машина|ии|нейросеть|ассистент|искусственный)|(?:здесь|тут)\s+нет\s+(?:никаких\s+)?(?:бот|робот)\p{L}*|(?:вам|с\s+вами)\s+(?:пишет|общается|говорит|отвечает)?\s*(?:живой|настоящий|реальный)\s+(?:человек|менеджер)|никак\p{L}+\s+(?:не\s+)?(?:бот|робот)\p{L}*|(?:это\s+)?пишет\s+(?:живой\s+)?человек`,
        String.raw`i(?:['’]m|\s+am)\s+(?:actually\s+|really\s+|just\s+)?(?:a\s+|an\s+)?(?:(?:real|actual|living|live|normal|human|genuine)\s+)*(?:human|person|woman|man|girl|guy|human\s+being)|i(?:['’]m|\s+am)\s+(?:not|no)\s+(?:a\s+|an\s+)?(?:bot|robot|machine|program|ai|computer|assistant|chatbot)|(?:real|actual|living)\s+(?:person|human)\s+(?:here|writing|speaking|typing)|(?:no|not\s+a)\s+(?:bots?|robots?)(?:\s+here)?|you\s+are\s+(?:talking|speaking|chatting)\s+(?:to|with)\s+a\s+(?:real|human|living)\p{L}*(?:\s+\p{L}+)?`,
      ),
      words(
        String.raw`из\s+плоти\s+и\s+крови|печатаю\s+(?:сам|сама|вручную|руками)|сам[аи]?\s+(?:печатаю|пишу|набираю)|как(?:ой|ая|ие)\s+(?:ещё|еще|тут|такой|там)\s+(?:бот|робот|программа|нейросеть)\p{L}*|(?:вы|вам|с\s+вами)\s+(?:\p{L}+\s+){0,2}?(?:говорите|общаетесь|переписываетесь|разговариваете|беседуете|пишет|отвечает|говорит|общается)\s+(?:с\s+)?(?:\p{L}+\s+){0,2}?(?:человек\p{L}*|девушк\p{L}+|менеджер\p{L}*|людьми|живым)|(?:никаких|нет|без)\s+(?:\p{L}+\s+)?(?:ботов|роботов|бота|робота|автоматов|нейросет\p{L}+)|за\s+(?:этим\s+)?экраном\s+(?:\p{L}+\s+)?(?:человек|я|живой)|(?:обычн|прост|жив|настоящ|реальн)\p{L}+\s+(?:девушка|женщина|парень|мужчина)`,
        String.raw`flesh\s+and\s+blood|typing\s+(?:this|it)\s+(?:myself|by\s+hand)|(?:there(?:['’]s|\s+is|\s+are)\s+)?no\s+(?:bots?|robots?|machines?|ai|automation|chatbots?)(?:\s+(?:here|involved|at\s+all))?|(?:isn['’]t|not|never)\s+(?:a\s+|an\s+|some\s+|any\s+)?(?:bot|robot|machine|chatbot|program|ai|script)|as\s+human\s+as\s+you|(?:human|person)\s+like\s+you|(?:speaking|talking|chatting|writing)\s+(?:to|with)\s+(?:a\s+)?(?:real\s+|live\s+|actual\s+)?(?:human|person|people)|my\s+own\s+(?:hands|fingers)`,
      ),
      words(
        String.raw`не\s+(?:бот|робот|искусственн\p{L}+|ии|нейросет\p{L}+|алгоритм\p{L}*|автоответчик\p{L}*|автомат\p{L}*|скрипт\p{L}*|машин\p{L}+|программ[аоы]\p{L}*)`,
        String.raw`not\s+(?:an?\s+)?(?:artificial|ai|algorithm|automated|automatic|auto-?reply|software|computer)\p{L}*`,
      ),
      words(
        String.raw`я\s+(?:сама?|лично)\s+из\s+\p{L}+|(?:работаю|тружусь)\s+(?:тут|здесь|в\s+компании|у\s+нас)\s+(?:\p{L}+\s+){1,3}?(?:лет|год\p{L}*)|i(?:['’]m|\s+am)\s+from\s+\p{L}+|(?:have|['’]ve)\s+worked\s+(?:here|at)|мне\s+(?:всего\s+)?${amount}\s+(?:лет|год\p{L}*)|(?:я\s+)?(?:живу|родил(?:ся|ась)|вырос(?:ла)?)\s+в\s+\p{L}+|(?:мой|моя|мои|у\s+меня)\s+(?:есть\s+)?(?:муж|жена|дет[ией]\p{L}*|сын|дочь|семья|мама|ребён\p{L}+)|years\s+old|(?<!(?:go|goes|going|went|be|are|is)\s)(?:i\s+)?(?:live|living|lives|born|grew\s+up)\s+in\s+\p{L}+|my\s+(?:husband|wife|kids|children|son|daughter|family|mum|mom)`,
      ),
      words(
        String.raw`(?:такая|такой)\s+же\s+жив\p{L}+|я\s+(?:\p{L}+\s+){0,2}?жив(?:ая|ой)|as\s+alive\s+as|i(?:['’]m|\s+am)\s+(?:\p{L}+\s+)?alive|(?:бот|робот|ии)\s*\?\s*(?:да\s+)?нет|(?:a\s+|an\s+)?(?:bot|robot|ai)\s*\?\s*(?:oh\s+|well\s+)?no|сижу\s+(?:в|за)\s+\p{L}+|(?:i(?:['’]m|\s+am)\s+)?sitting\s+(?:in|at)\s+\p{L}+|at\s+my\s+desk|за\s+своим\s+столом|пью\s+(?:кофе|чай)|my\s+coffee|^\s*(?:нет|что\s+вы|oh\s+no|no\s+way)[\s,]+(?:\p{L}+[\s,]+){0,2}?(?:я|i)\s+(?:сижу|в\s+офисе|am\s+in\s+the\s+office)`,
      ),
    ],
    together: [
      [
        words(
          String.raw`(?:жив|настоящ|реальн)\p{L}+\s+(?:менеджер|сотрудни|оператор|консультант|собеседни|сотрудниц|челове)\p{L}*|(?:real|live|living|actual|human|genuine)\s+(?:manager|person|agent|operator|employee|human|being|seller|assistant)`,
        ),
        words(
          String.raw`я|общаетесь|говорите|разговариваете|переписываетесь|пишет|отвечает|перед\s+вами|на\s+связи|i|i['’]m|chatting|talking|speaking|writing|typing|this\s+is|reading`,
        ),
      ],
    ],
    excuses: ['handed over'],
    examples: { ru: 'Я живой человек, а не бот', en: 'I am a real person' },
  },
]
