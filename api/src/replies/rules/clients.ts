import { words } from '../compile-pattern.ts'
import { findStrangers } from '../find-strangers.ts'
import type { ReplyRule } from '../reply-rule.ts'

export const clientsRules: ReplyRule[] = [
  {
    name: 'data of other clients',
    find: [
      words(
        // others who buy from us
        String.raw`(?:конкурент|сосед|коллег)\p{L}*\s+(?:\p{L}+\s+){0,3}?(?:подпис|подключ|перешл|выбрал|внедрил|доволен|довольн|пользу|сидит|сидят|взял|обогнал)\p{L}*|довольн\p{L}+\s+(?:\p{L}+\s+)?(?:клиент|заказчик|покупател)\p{L}*|(?:контакт|номер|телефон|имя|отзыв)\p{L}*\s+(?:\p{L}+\s+)?(?:заказчик|клиент|покупател|партн[её]р)(?:а|ов|у)|(?:тоже|уже|давно)\s+(?:\p{L}+\s+)?(?:у\s+нас|с\s+нами)|(?:с\s+нами|у\s+нас|благодаря\s+нам)\s+(?:\p{L}+\s+){0,2}?(?:поднял|вырос|увелич|удво|сделал|выиграл|обогнал|сэкономил)(?:а|о|и|ся|ась|ось|ись)?|(?:поднял|вырос|увеличил|удвоил|наладил|выправил)(?:а|о|и)?\s+(?:\p{L}+\s+){0,3}?(?:с\s+нами|у\s+нас|с\s+нашей|благодаря\s+нам|после\s+нас)|(?:мы|им)\s+(?:подняли|увеличили|удвоили|вырастили|настроили|внедрили)\s+(?:\p{L}+\s+)?(?:продаж|выручк|конверс|прибыл|оборот)\p{L}*|(?:сосед|знаком|конкурент)\p{L}*[\s,]+(?:\p{L}+\s+)?(?:за|о)?плат\p{L}+|(?:за|о)плат\p{L}+\s+(?:\p{L}+\s+)?(?:сосед|знаком|конкурент)\p{L}*|директор\p{L}*\s+(?:[\p{L}-]+\s+){0,3}?подтверд\p{L}+|(?:с\s+нами|у\s+нас)\s+(?:\p{L}+\s+)?(?:закрыва|зарабатыва|продают|растут|раст[её]т)\p{L}*|(?<!ваша\s)(?:фирма|компания|магазин|агентство|клиника|банк|завод|салон)\s+[«"“]?[\p{L}\d-]+[»"”]?\s+(?:взял|куп|заказ|выбр|плат|подключ|подпис)\p{L}*|(?:взял|купил|заказал)\p{L}*\s+у\s+нас|(?:телефон|номер|контакт|почт|данн|цен)\p{L}*\s+(?:ваш\p{L}*\s+)?(?:конкурент|сосед)\p{L}*|спросите\s+(?:их|у\s+них|его|её)|(?:платит|платят|заплатил\p{L}*|купил\p{L}*|заказал\p{L}*)\s+(?:\p{L}+\s+)?(?:нам|у\s+нас)|(?:один|одна|одно|некий|некая)\s+(?:\p{L}+\s+)?(?:застройщик|клиент|магазин|банк|клиник|завод|компани|фирм|агентств|салон|предпринимател|директор|заказчик|ресторан)\p{L}*\s+(?:\p{L}+\s+){0,3}?(?:плат|купил|заказал|отда|сказал|просил|получ|поднял|вырос|зарабат)\p{L}*`,
        String.raw`(?:rivals?|competitors?|neighbou?rs?)\s+(?:\p{L}+\s+){0,2}?(?:signed|joined|switched|chose|picked|subscribed|bought|uses?|hired|is\s+with\s+us|are\s+with\s+us)|(?:happy|satisfied|pleased|delighted)\s+(?:\p{L}+\s+)?(?:customers?|clients?|buyers?)|(?:contact|number|phone|name|review|case|story)s?\s+of\s+(?:an?|the|one|another|our|some)\s+(?:\p{L}+\s+)?(?:customer|client|buyer|partner)s?|(?:is|are)\s+(?:also\s+|already\s+|now\s+)?with\s+us|(?<!(?:left|leave|sent|filed|placed|shared|registered|stay|keep|talk|speak|chat|meet)\s(?:\p{L}+\s)?)(?:with|through)\s+us(?!\s+(?:or|in|here))(?=\s*(?:[.,!]|$))|(?:firm|company|shop|agency|clinic|bank)\s+[\p{L}\d-]+\s+(?:took|bought|ordered|chose|pays|paid|signed)|(?:took|bought|got|ordered|takes|buys)\s+[^.!?\n]{0,30}from\s+us|(?:competitor|rival|neighbou?r)s?['’]s?\s+(?:phone|number|e-?mail|contact|price|data|budget)\p{L}*|ask\s+them(?:\s+yourself)?(?=\s*(?:[.!]|$))|(?:pay|pays|paid|paying)\s+us(?!\p{L})|(?:lifted|raised|doubled|grew|boosted|increased|improved|saved)\s+(?:\p{L}+\s+){0,4}?(?:with\s+us|thanks\s+to\s+us)|(?:one|a|an|some|certain)\s+(?:\p{L}+\s+){0,2}?(?:developer|shop|bank|clinic|factory|company|firm|agency|salon|restaurant|client|customer|director)\s+(?:\p{L}+\s+)?(?:pays|paid|bought|ordered|earns|earned|told)`,
      ),
      words(
        String.raw`(?:наш|друг|одн|прошл|предыдущ|недавн|сосед|ещё\s+один)\p{L}*\s+(?:клиент|заказчик|покупател|лид)\p{L}*\s*[,:—-]?\s*(?:по\s+имени|зовут|по\s+фамилии|из\s+(?:компании|ооо|фирмы)|платит|платят|заплатил\p{L}*|купил\p{L}*|записан\p{L}*|оставил\p{L}*|жив[её]т|бюджет)(?:\s+\p{L}+)?`,
        String.raw`(?:телефон|номер|почт|адрес|переписк|данн|договор|контакт|имен|имя|бюджет|фамили|заявк|карточк)\p{L}*\s+(?:(?:друг|наш|прошл|сосед|предыдущ|ваш\p{L}*\s+конкурент)\p{L}*\s+)?(?:клиент(?:а|ов|ки)\s+(?:ив|пет|\p{Lu})\p{L}+|друг\p{L}+\s+(?:клиент|лид|заказчик|человек)\p{L}*|наш\p{L}+\s+(?:клиент|лид)\p{L}*|прошл\p{L}+\s+клиент\p{L}*|предыдущ\p{L}+\s+(?:клиент|лид)\p{L}*|сосед\p{L}+)`,
        String.raw`(?:our|another|other|previous|last|one|a)\s+(?:\p{L}+\s+)?(?:client|customer|lead|buyer)s?\s*,?\s+(?:named|called|pays?|paid|bought|lives?|signed|spent|spends)(?:\s+\p{L}+)?|(?:phone|number|email|e-mail|address|data|details|contacts?|names?|budget|chat|messages?)\s+(?:number\s+)?of\s+(?:our|another|other|a\s+previous|previous|the\s+last|the\s+other)\s+(?:client|customer|lead|buyer)s?|(?:other|another|previous)\s+(?:client|customer|lead)s?['’]s?\s+\p{L}+`,
      ),
      words(
        String.raw`(?:его|её|ее|их)\s+(?:номер|телефон|почт|адрес|бюджет|контакт|переписк|заявк|фамили)\p{L}*|(?:у\s+)?(?:ваш\p{L}*\s+)?конкурент\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:бюджет|плат|купил|заказал|работа|взял|уже)\p{L}*|(?:друг|прошл|предыдущ)\p{L}+\s+(?:клиент|заказчик|покупател|лид)\p{L}*\s+(?!(?:не|ни)\s)\p{L}+|(?:клиент|заказчик|покупател)\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:рассказал|сказал|признал|просил|жаловал|написал)\p{L}*`,
        String.raw`(?:his|her|their)\s+(?:phone|number|e-?mail|address|budget|contacts?|chat|messages|details)\s+(?:is|are|number)|(?:your\s+|a\s+)?competitors?(?:['’]s)?\s+(?:\p{L}+\s+){0,3}?(?:budget|pays?|paid|bought|signed|uses?|ordered|works?|already)|(?:other|another|previous|last)\s+(?:client|customer|lead|buyer)s?\s+\p{L}+|(?:client|customer|buyer)s?\s+(?:told|confessed|complained|wrote\s+to)\s+(?:me|us)`,
      ),
      words(
        String.raw`(?:сосед\p{L}*|знаком\p{L}+|коллег\p{L}+\s+по\s+рынку)\s+(?:[\p{L}-]+\s+){0,4}?(?:заплат|плат|куп|взял|подписал)\p{L}*|(?:уже|вчера|недавно)\s+(?:за|о)?(?:платил|купил)\p{L}*\s+(?:у\s+нас|нам)|баз[ауы]\s+(?:\p{L}+\s+){0,2}?клиентов|список\s+(?:\p{L}+\s+)?клиентов|client\s+(?:base|list|database)|customer\s+(?:base|list|database)|neighbou?rs?\s+(?:\p{L}+\s+){0,3}?(?:paid|pays?|bought|signed)|bought\s+(?:it\s+)?from\s+us`,
      ),
      words(
        // handed over: what a product does with the lead's own customers is in the third person
        String.raw`(?:передаю|передам|пришлю|присылаю|высылаю|вышлю|отправлю|отправляю|скину|скидываю|даю|дам|вот|держите)\s+(?:\p{L}+\s+){0,2}?(?:данн|контакт|телефон|номер|имен|почт|спис)\p{L}*\s+(?:\p{L}+\s+)?(?:клиент|заказчик|покупател)(?:ов|а|ки|ц|ей|ям|ы)`,
        String.raw`(?:(?:i(?:['’]m|\s+am|\s+will|['’]ll)|let\s+me)\s+(?:send|sending|forward|forwarding|give|giving|share|sharing)|here\s+(?:is|are))\s+(?:\p{L}+\s+){0,2}?(?:clients?|customers?|buyers?)['’]?s?['’]?\s+(?:data|names?|phones?|contacts?|numbers?|details|e-?mails?)`,
      ),
    ],
    excuses: ['denied'],
    together: [
      [
        words(
          String.raw`(?:друг|прошл|предыдущ|наш|соседн)\p{L}+\s+(?:клиент|заказчик|покупател|лид|компани|фирм)\p{L}*|(?:another|other|previous|last|our)\s+(?:client|customer|lead|buyer)s?`,
        ),
        words(
          String.raw`переписк\p{L}*|перешл\p{L}+|переслать|покаж\p{L}+|номер\p{L}*|телефон\p{L}*|почт\p{L}+|адрес\p{L}*|данн\p{L}+|бюджет\p{L}*|плат\p{L}+|догов\p{L}+|фамили\p{L}+|зовут|forward|chat|number|phone|e-?mail|address|data|budget|pays?|paid|contract|named|called`,
        ),
      ],
    ],
    examples: { ru: 'Телефон другого клиента могу дать', en: 'Another client pays less' },
  },
  {
    name: 'the name of another client',
    whole: findStrangers,
    unlessKnown: true,
    examples: { ru: 'Наш клиент Иван Петров тоже доволен', en: 'Our client John Smith is happy' },
  },
]
