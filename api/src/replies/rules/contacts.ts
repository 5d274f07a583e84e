import { words } from '../compile-pattern.ts'
import { numberWord } from '../number-words.ts'
import { findDomains, findNumbers } from '../find-contacts.ts'
import type { ReplyRule } from '../reply-rule.ts'

const contactsNamed = [
  words(
    String.raw`(?:найд|ищ|напиш|пиш|откро|добав|подпиш)\p{L}*\s+(?:[^.!?\n]{0,30}\s)?(?:бот(?:а|у|ом)?|канал(?:а|е|у)?(?!\s+(?:продаж|связи|привлеч|реклам|общени))|чат\s+поддержки)`,
    String.raw`(?:find|look\s+up|search\s+for|message|write\s+to|text|open|add|join)\s+(?:[^.!?\n]{0,30}\s)?(?:bot|channel)(?!\s+(?:for|of|strategy))|(?:find|look\s+up|search\s+for|look\s+for)\s+[^.!?\n]{2,40}\s(?:in|on)\s+telegram`,
    String.raw`(?:${numberWord}(?:\s+${numberWord}){0,3}\s+(?:точка|dot|point)\s+){2}${numberWord}`,
    String.raw`(?=(?:[\p{L}-]+[\s,]+){0,3}?(?:oh|double|triple|nought|plus|плюс|дважды))(?:(?:oh|double|triple|nought|plus|плюс|дважды|${numberWord})[\s,-]+){3,12}(?:oh|nought|${numberWord})`,
  ),
]

const otherMessengers = words(
  String.raw`whats?\s?app|вотсап\p{L}*|вот?цап\p{L}*|ватс?ап\p{L}*|вацап\p{L}*|вайбер\p{L}*|viber|signal|сигнал(?:е|у)?|skype|скайп\p{L}*|инстаграм\p{L}*|instagram|insta|discord|дискорд\p{L}*|wechat|facebook|фейсбук\p{L}*|vk|вк|вконтакте|max|макс(?:е)?|messenger|imessage|slack|linkedin|одноклассник\p{L}*|тик-?ток\p{L}*|tiktok|youtube|ютуб\p{L}*|твиттер\p{L}*|twitter|вконтакте|соцсет\p{L}+|zoom|зум\p{L}*`,
)

export const contactsRules: ReplyRule[] = [
  {
    name: 'a link',
    whole: findDomains,
    unlessKnown: true,
    examples: { ru: 'Зайдите на пример точка ру', en: 'Go to example dot shop' },
  },
  {
    name: 'an address or account to write to',
    find: [
      ...contactsNamed,
      words(
        // somewhere else than here
        String.raw`(?:наш|мой)\s+(?:\p{L}+\s+)?(?:офис|адрес|кабинет|салон|шоурум)\s*(?:[:—-]|на|по|находится|расположен)\s*(?:\p{L}+\s+){0,3}?(?:ул|улиц|просп|переул|пер|шоссе|бульвар|наб|набережн|площад|пл|д|дом)\p{L}*|(?:ул|улиц|просп|переул|бульвар|набережн)\p{L}*\.?\s+[\p{L}-]+(?:\s+\p{L}+)?\s*,\s*(?:д\.?\s*|дом\s+)?\d+|(?:ищите|ищи|найдите|найди)\s+меня|начина\p{L}+\s+(?:на|с)\s+[a-z]+|шапк(?:а|у|е|и)|(?:друг|зел[её]н|син|соседн|фиолетов|ин|запасн|личн|сосед)\p{L}+\s+(?:мессенджер|чат|приложени|аккаунт|канал\s+связи)\p{L}*|(?:мой|моя|моём|моему|моей|наш|наша|нашей|наши)\s+(?:\p{L}+\s+)?(?:аккаунт|профил|страниц|страничк|групп|паблик|инст|почт)\p{L}*|подпиш(?:итесь|ись)|подписывай\p{L}*|(?:страниц|страничк|канал|групп|сайт|паблик|аккаунт|бот)\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:называ|зов[её]тся|именуется)\p{L}*|(?:за|по)?гугл(?:ите|и|ить)|(?:вбей|вбив|забей|введ|набер|поищ|ищи|найд)\p{L}*\s+(?:\p{L}+\s+)?(?:в|через)\s+(?:поиск|браузер|строк|сети|интернет|гугл|яндекс|google|yandex)\p{L}*|в\s+поисковик\p{L}*|перв\p{L}+\s+(?:ссылк|строчк|результат|сайт)\p{L}*|(?:нажм|жми|кликн|тапн|ткн|перейд|переход)\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:ссылк|картинк|баннер|кнопк|сюда|результат|форм|адрес|сайт|страниц)\p{L}*`,
        String.raw`(?:our|my)\s+(?:office|address|showroom|shop)\s+is\s+(?:at|on|in)?\s*(?:\d+\s+)?(?:[\p{L}-]+\s+){1,3}?(?:street|st|road|rd|avenue|ave|lane|square|boulevard|drive|close|place)|(?:look|search)\s+for\s+me|find\s+me|starts?\s+with\s+[a-z]+\s+and|in\s+(?:my|the|our)\s+(?:header|bio|status)|(?:neighbou?ring|another|different|other|green|blue|purple|private|second)\s+(?:messenger|app|chat|account|number)|my\s+(?:\p{L}+\s+)?(?:account|profile|page)|(?:our|my|the)\s+(?:\p{L}+\s+)?(?:page|channel|group|account|bot|profile|site|website)\s+(?:is\s+called|is\s+named|has|goes\s+by|called|named)|subscribe(?:\s+to\s+\p{L}+)?(?=\s*(?:[.,!]|$)|\s+(?:us|now|there|here|our|my))|follow\s+(?:it|me|us|our|my|the\s+(?:page|link|channel|account))|(?:^|(?<=(?:just|please|then|or|to|can|and|could|simply)\s))google\s+(?!calendar|meet|sheets|ads|workspace|docs|drive|maps|analytics|forms?)\p{L}+|search\s+(?:bar|box|field|engine)|(?:first|top)\s+(?:result|link|hit)|(?:tap|click|press|hit)\s+(?:\p{L}+\s+){0,2}?(?:link|picture|image|banner|button|here|form|it|result)`,
      ),
      /@\s?[\p{L}\d_]{2,}|(?<![\p{L}\d.+-])[\p{L}\d.+-]+@[\p{L}\d.-]+/gu,
      words(
        String.raw`(?!offer_times)[a-z\d]+_[a-z\d_]+|[a-z]{3,}(?<!chat|ro|tele|auto)bot`,
        String.raw`(?:собак[аи]|собачка|at\s+sign|эт)\s+[a-z\d_.]{3,}`,
        String.raw`[a-z\d._]{2,}\s+(?:at|собака)\s+(?:gmail|mail|yandex|outlook|hotmail|proton|яндекс|мейл|почта)\p{L}*`,
        String.raw`(?:ник\p{L}{0,3}|юзернейм\p{L}*|логин\p{L}{0,2}|username|handle|nickname|screen\s+name)\s*(?:is|это|в\s+телеграме?|[:—-])?\s*[a-z][a-z\d_.]{3,}`,
        String.raw`(?:пиши\p{L}*|напиши\p{L}*|свяжит\p{L}*|добав\p{L}*|ищит\p{L}*|найдит\p{L}*|перейд\p{L}*|подпи\p{L}*|write|message|text|add|contact|find|reach|follow|join|dm|ping|move|switch|go)(?:[^.!?\n]{0,40}\s)(?:whats?\s?app|вотсап\p{L}*|ватсап\p{L}*|вайбер\p{L}*|viber|signal|skype|скайп\p{L}*|инстаграм\p{L}*|instagram|discord|дискорд\p{L}*|wechat|facebook|фейсбук\p{L}*|vk|вконтакте)`,
      ),
      words(String.raw`[a-z]{2,}[._][a-z\d_.]*\d[a-z\d_]*`),
      words(
        String.raw`(?:телег\p{L}*|тг|telegram|tg|ник|nick)\s*(?:[:—–-]|is|это|как|as|under)?\s*[a-z]{2,}[._][a-z\d_.]+|(?:телег[еу]|тг|tg)\s*[:—–-]\s*[a-z][a-z\d_]{3,}`,
      ),
      words(
        String.raw`собак[аи]|собачк\p{L}+|at[\s-]sign|gmail|g-?мэйл|джимейл|hotmail|outlook|proton\s?mail|(?:почтов\p{L}+|мой|наш)\s+ящик\p{L}*|mailbox|e-?mail\s+(?:me|us)|direct\s+message|личк[уаи]|в\s+лс|dm\s+me`,
      ),
    ],
    together: [
      [
        otherMessengers,
        words(
          String.raw`жд[уё]\p{L}*|пишите|напишите|давайте|перейд[её]м|перейдите|продолж\p{L}+|добавьте|найдите|ищите|мне|меня|мной|мо[йяёи]|моего|я|мы\s+в|we\s+are\s+on|переп\p{L}+мся|спишемся|отвеч\p{L}+|быстрее|номер\p{L}*|number|faster|answer|reply|let\s+us|let['’]s|continue|switch|move|me|my|i|find|look|join|reach|ping|catch|hop`,
        ),
      ],
      [
        words(
          String.raw`ник|контакт\p{L}*|канал\p{L}*|аккаунт\p{L}*|handle|nick|account|channel|profile|профил\p{L}+`,
        ),
        words(String.raw`мо[йяё]|моего|моём|my`),
      ],
    ],
    excuses: ['their ways'],
    unlessKnown: true,
    examples: { ru: 'Напишите @helper_bot', en: 'Write to helper_bot in Telegram' },
  },
  {
    name: 'a phone or a long number',
    whole: findNumbers,
    unlessKnown: true,
    examples: { ru: 'Звоните: +7 916 000-00-00', en: 'Call +1 415 555 0100' },
  },
]
