import { findDomains, findNumbers } from './find-contacts.ts'
import { compilePattern } from './compile-pattern.ts'
import { amount } from './number-words.ts'
import { ownHours, ownTimes } from './own-times.ts'

export interface ReplyRule {
  name: string
  /** What of the rule stands in a text; patterns see it in lower case. */
  find: ((text: string) => string[]) | RegExp[]
  /** What is found may be said when the business states it. */
  unlessKnown?: boolean
  /** A sentence part that says the opposite, or asks about the lead's own ways, is no offence. */
  unless?: RegExp
  examples: { ru: string; en: string }
}

/** Alternatives that begin and end with a word, in any alphabet; a piece that may go on ends in `\p{L}*` itself. */
const words = (...pieces: string[]) =>
  compilePattern(String.raw`(?<![\p{L}\d_])(?:${pieces.join('|')})(?![\p{L}\d_])`)
const denies =
  /(?<!\p{L})(?:не\s+(?:могу|можем|обеща\p{L}*|дам|да[её]м|даю|гарантир\p{L}*|прос\p{L}*|прошу|спрашива\p{L}*|запрашива\p{L}*|нуж\p{L}+|требу\p{L}*|храни\p{L}*|присылайте|сообщайте|называйте|отправляйте|бер[её]м|беру|вправе|буду|будем|понадоб\p{L}*)|никогда\s+не|никому\s+не|нет\s+(?:права|скид|гарант)\p{L}*|без|cannot|can't|can’t|can not|won't|won’t|never|do not (?:need|ask|share|send|give|offer|promise|want|have|take|store)|don[’']t (?:need|ask|share|send|give|offer|promise|want|have|take|store)|not (?:able|allowed|going|needed|required)|unable|no need|without|not promise)(?!\p{L})/u
export const exceptMe =
  /кроме\s+(?:меня|нас)|except\s+(?:with\s+|to\s+)?(?:me|us)|только\s+(?:мне|нам)|only\s+(?:to\s+)?(?:me|us)/u

const tell =
  'пришл\\p{L}+|присыла\\p{L}+|назов\\p{L}+|назыв\\p{L}+|скаж\\p{L}+|продикту\\p{L}+|диктуй\\p{L}*|вве(?:ди|сти)\\p{L}*|отправ\\p{L}+|сообщ\\p{L}+|перешл\\p{L}+|вышл\\p{L}+|дай\\p{L}*|укаж\\p{L}+|напиш\\p{L}+|подтверд\\p{L}+|скин\\p{L}+|кин\\p{L}+|нуж\\p{L}+|жду|какой|поделит\\p{L}+|покаж\\p{L}+'
const say =
  "send|tell|give|share|enter|read|forward|type|provide|text|dictate|need|confirm|what(?:[’']s| is| are)|message|reply with|pass|show|submit|me|fill in"
const gain = 'продаж|выручк|конверси|прибыл|оборот|заяв|клиент|доход|чек'
const gainEn = 'sales|revenue|conversions?|profits?|leads?|income|turnover|clients|customers|deals'

const atHours = [
  String.raw`\d{1,2}\s*(?:[:.hч]|-(?=\d{2}(?!\d)\s*(?:ч|мск|утра|дня|вечера|am|pm)))\s*[0-5]\d(?:\s*(?:min|мин))?`,
  String.raw`(?:1?\d|2[0-4])\s*(?:[ap]\.?m\.?|h|ч\.?|час(?:а|ов|ам)?|hrs?|o['’]?clock)`,
  String.raw`(?:пол|в\s+половин[еу]\s+|половин[ауе]\s+)(?:перв|втор|треть|четв[её]рт|пят|шест|седьм|восьм|девят|десят|одиннадцат|двенадцат)\p{L}+`,
  String.raw`без\s+(?:четверти|пяти|десяти|двадцати|двадцати\s+пяти)\s+\p{L}+`,
  String.raw`(?:четверть|пять|десять|двадцать)\s+(?:минут\s+)?(?:перв|втор|треть|четв[её]рт|пят|шест|седьм|восьм|девят|десят|одиннадцат|двенадцат)ого`,
  String.raw`(?:в|к|на|около|после|до|с)\s+(?:полдень|полудн\p{L}+|полночь|полуночи|обеде?|восемь|девять|десять|одиннадцать|двенадцать|тринадцать|четырнадцать|пятнадцать|шестнадцать|семнадцать|восемнадцать|девятнадцать|двадцать)(?=\s*(?:[.,!?;]|$|ноль|тридцать|пятнадцать|сорок|утра|вечера|дня|час|ровно|подойд|удобн|устро))`,
  String.raw`в\s+(?:час|два|три|четыре|пять|шесть|семь|восемь)(?=\s*(?:[.,!?;]|$|утра|дня|ночи|вечера|подойд|удобн|устро|пополудни|ровно))`,
  String.raw`(?:${amount})\s+(?:ноль[\s-]ноль|час(?:а|ов)?\s+(?:утра|дня|вечера|ночи|ровно))`,
  String.raw`(?:перед|после|в|до)\s+обед(?:а|ом)?|полдень|noon|midday|midnight`,
  String.raw`(?:half|quarter|ten|five|twenty)(?:\s+minutes?)?\s+(?:past|to|till|before|after)\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})(?!\s*(?:people|sellers|%|teams|members|users|managers|\d))(?=\s*(?:[.,!?;]|$|in|on|tomorrow|works|is|sharp|today))`,
  String.raw`half\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)`,
  String.raw`(?:at|by|around|about|before|after|till|until)\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|seventeen|eighteen)(?:[\s-](?:thirty|fifteen|forty[\s-]five|hundred|sharp))?(?=\s*(?:[.,!?;]|$|in\s+the|on\s|tomorrow|works|is|sharp|today|pm|am|then))`,
  String.raw`(?:seven|eight|nine|ten|eleven|twelve|one|two|three|four|five|six)\s*(?:[ap]\.?m\.?|thirty|o['’]?clock)`,
  String.raw`(?:завтра|послезавтра|tomorrow|tmrw|tmr)`,
  String.raw`через\s+(?:полчаса|(?:пару?\s+|${amount}\s+)?(?:час(?:а|ов|ик)?|минут[уы]?|дн(?:я|ей)|день))`,
  String.raw`in\s+(?:half\s+an\s+hour|an\s+hour|(?:${amount}|a\s+(?:few|couple\s+of))\s+(?:hours?|days?))`,
]
const atDays = [
  String.raw`(?:понедельник|вторник|четверг|пятниц|суббот|воскресен)\p{L}*|(?:в|на|до|к|по|эту|со?|следующ\p{L}+)\s+сред[уыеа]м?|среда`,
  String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)days?`,
  String.raw`(?:январ|феврал|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр)(?:[яьеюи]|[ея]м|ём|[ауе]|ом)?|марта?|марте|мая|мае`,
  String.raw`\d{1,2}\s*(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?\.?\s+(?:the\s+)?(?:\d{1,2}|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[a-z]+teenth|twent[a-z]+|thirt[a-z]+)\p{L}*`,
  String.raw`(?:first|second|third|[a-z]+th)\s+of\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)|(?:in|on|by|until|till|this|next)\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)`,
  String.raw`(?:перв|втор|треть|четв[её]рт|пят|шест|седьм|восьм|девят|десят|\p{L}{2,8}надцат|двадцат|тридцат)(?:ого|его|ое|ье)\s+числа|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}`,
]

/** What the model may not say, one kind a row. The name goes back to the model, which tries again. */
export const replyRules: ReplyRule[] = [
  {
    name: 'a link',
    find: findDomains,
    unlessKnown: true,
    examples: { ru: 'Зайдите на пример точка ру', en: 'Go to example dot shop' },
  },
  {
    name: 'an address or account to write to',
    find: [
      /@\s?[\p{L}\d_]{2,}|[\p{L}\d.+-]+@[\p{L}\d.-]+/gu,
      words(
        String.raw`(?!offer_times)[a-z\d]+_[a-z\d_]+|[a-z]{3,}(?<!chat|ro|tele|auto)bot`,
        String.raw`(?:собак[аи]|собачка|at\s+sign|эт)\s+[a-z\d_.]{3,}`,
        String.raw`[a-z\d._]{2,}\s+(?:at|собака)\s+(?:gmail|mail|yandex|outlook|hotmail|proton|яндекс|мейл|почта)\p{L}*`,
        String.raw`(?:ник\p{L}{0,3}|юзернейм\p{L}*|логин\p{L}{0,2}|username|handle|nickname|screen\s+name)\s*(?:is|это|в\s+телеграме?|[:—-])?\s*[a-z][a-z\d_.]{3,}`,
        String.raw`(?:пиши\p{L}*|напиши\p{L}*|свяжит\p{L}*|добав\p{L}*|ищит\p{L}*|найдит\p{L}*|перейд\p{L}*|подпи\p{L}*|write|message|text|add|contact|find|reach|follow|join|dm|ping|move|switch|go)(?:[^.!?\n]{0,40}\s)(?:whats?\s?app|вотсап\p{L}*|ватсап\p{L}*|вайбер\p{L}*|viber|signal|skype|скайп\p{L}*|инстаграм\p{L}*|instagram|discord|дискорд\p{L}*|wechat|facebook|фейсбук\p{L}*|vk|вконтакте)`,
      ),
    ],
    unlessKnown: true,
    examples: { ru: 'Напишите @helper_bot', en: 'Write to helper_bot in Telegram' },
  },
  {
    name: 'a phone or a long number',
    find: findNumbers,
    unlessKnown: true,
    examples: { ru: 'Звоните: +7 916 000-00-00', en: 'Call +1 415 555 0100' },
  },
  {
    name: 'a request for codes, passwords, cards or documents',
    find: [
      words(
        String.raw`(?:парол|пин-?код|пинкод|смс-?код|sms-?код|одноразов\p{L}+\s+код|код\p{L}*\s+(?:(?:из|от|с|подтвержд\p{L}+|доступа|безопасност\p{L}+|авторизац\p{L}+)\s*)+|cvv|cvc|цвв|снилс|паспорт|госуслуг)\p{L}*`,
        String.raw`(?:${tell})\s+(?:[^.!?\n]{0,40}\s)?(?:код(?:а|у|ом|ы|ик)?|цифр\p{L}*|парол\p{L}*|логин\p{L}*|кодов\p{L}+\s+слов\p{L}+|девич\p{L}+\s+фамили\p{L}+|инн|токен\p{L}*|ключ\p{L}*\s+(?:api|доступа))`,
        String.raw`(?:номер\p{L}*|данн\p{L}+|реквизит\p{L}*|срок\s+действия|банковск\p{L}+|кредитн\p{L}+|дебетов\p{L}+|на|оборот\p{L}*|фото|сторон\p{L}+|привяз\p{L}+|ваш\p{L}*)\s+(?:\p{L}+\s+)?карт(?:а|ы|у|е|ой|очки|очку)`,
        String.raw`(?:серия|серию|номер)\s+(?:и\s+номер\s+)?(?:документ|прав|удостоверен|счет|счёт)\p{L}*|водительск\p{L}+|удостоверени\p{L}+\s+личности|скан\p{L}*\s+документ\p{L}*|реквизит\p{L}*|банковск\p{L}+\s+сч[её]т\p{L}*|девич\p{L}+\s+фамили\p{L}+|сид-?фраз\p{L}*|секретн\p{L}+\s+(?:слов|вопрос|фраз|код)\p{L}*`,
        String.raw`passwords?|passcodes?|pass\s?phrase|pin(?:\s+(?:code|number))?|cvv2?|cvc|otp|2fa|ssn|social\s+security|passports?|seed\s+phrase|recovery\s+phrase|mother['’]?s\s+maiden|maiden\s+name|iban|routing\s+number`,
        String.raw`(?:sms|text|verification|confirmation|security|one[\s-]time|login|access|auth\p{L}*|telegram|six[\s-]digit|four[\s-]digit|\d-digit)\s+codes?`,
        String.raw`(?:${say})\s+(?:[^.!?\n]{0,30}\s)?(?:the\s+|your\s+)?(?:codes?|digits|logins?|credentials|api\s+keys?|private\s+keys?|secret\s+(?:word|question|key))`,
        String.raw`(?:card|account|id|identity|licen[cs]e|document|tax)\s+(?:number|details|data|scan|photo|info\p{L}*)|(?:credit|debit|bank|id|identity)\s+cards?|your\s+card|bank\s+account|driver['’]?s?\s+licen[cs]e|date\s+of\s+birth|national\s+id`,
        String.raw`anydesk|teamviewer|rustdesk|энидеск|тимвьювер|(?:скач|установ|загруз)\p{L}*\s+(?:[^.!?\n]{0,20}\s)?(?:приложени|файл|программ|apk)\p{L}*|(?:install|download)\s+(?:[^.!?\n]{0,20}\s)?(?:app|file|apk|program|software)`,
      ),
    ],
    unless: denies,
    examples: { ru: 'Назовите пароль от почты', en: 'Tell me the code from the text message' },
  },
  {
    name: 'a request for payment',
    find: [
      words(
        String.raw`(?:оплатите|оплачивайте|оплатить\s+(?:нужно|надо|можно|сейчас|сегодня|сразу|бронь|счёт|счет)|(?:нужно|надо|необходимо|можно|можете|следует|осталось|стоит)\s+(?:\p{L}+\s+)?(?:оплатить|заплатить|внести|перевести|перечислить|доплатить)|заплатите|внесите|вносите|внес[её]те|доплатите|перечислите|переведите|переводите|скиньте|скидывайте|закиньте|пополните)`,
        String.raw`предоплат\p{L}*|аванс\p{L}{0,3}|задат\p{L}{1,4}|депозит\p{L}*|взнос\p{L}*|кошел[её]?к\p{L}*|qiwi|киви|paypal|сбп|перевод\s+(?:на|по|денег)`,
        String.raw`оплат[аыуе]\s+(?:\p{L}+\s+)?(?:на|по|через|вперёд|вперед|сразу|сейчас|до|картой|обязательна|только|за|брон\p{L}+|с\s+карты)`,
        String.raw`(?:жд[уё]м?|после|сделайте|провести|проведите|ожидаем)\s+(?:вашей\s+|вашу\s+)?оплат[уы]|сч[её]т\s+(?:на|к)\s+оплат\p{L}+`,
        String.raw`(?:please|to|must|should|can|now|just|then|first|have\s+to|need\s+to|and|or)\s+pay(?!\s+(?:attention|off|more\s+attention|close))|^pay(?!\s+(?:attention|off))|pay\s+(?:now|the|us|via|with|by|through|into|here|upfront|up\s+front|first|online|in\s+(?:advance|full|crypto)|for\s+(?:the|your)|\d+)`,
        String.raw`prepay\p{L}*|pre-pay\p{L}*|deposits?|down\s+payment|advance\s+payment|payments?|(?:wire|transfer|send)\s+(?:us\s+|me\s+|the\s+|some\s+|your\s+)*(?:money|funds|fee|cash|amount|sum)|money\s+transfer|upfront|wallet|gift\s+cards?|western\s+union`,
        String.raw`биткоин\p{L}*|биткойн\p{L}*|крипт\p{L}*|usdt|btc|eth|ethereum|эфир(?:ом|иум\p{L}*)|bitcoins?|crypto\p{L}*|(?:in|with|by|to|send|pay)\s+(?:\p{L}+\s+)?coins?|coins|монет\p{L}{0,3}|стейблкоин\p{L}*|stablecoins?|тонкоин\p{L}*|toncoin|usdc|dogecoin|tether`,
      ),
    ],
    unlessKnown: true,
    unless: new RegExp(
      String.raw`${denies.source}|(?:у\s+вас|вы\s+(?:работаете|принимаете|бер[её]те)|ваши\s+клиенты|your\s+(?:clients|customers|buyers)|do\s+you\s+(?:take|accept|track))[^?]*$`,
      'u',
    ),
    examples: { ru: 'Внесите предоплату, и время ваше', en: 'Send a deposit in bitcoin' },
  },
  {
    name: 'a price, a discount or a number that is not in the knowledge',
    find: [
      /[₽$€£]\s*\d(?:[\d.,]*\d)?/gu,
      compilePattern(
        String.raw`(?<![\p{L}\d])${amount}\s*(?:%|₽|\$|€|£|руб\p{L}*|р\.?(?![\p{L}])|usd(?!\p{L})|eur(?!\p{L})|rub(?:les?)?(?!\p{L})|долл\p{L}*|бакс\p{L}*|dollars?|bucks|euros?|евро(?!\p{L})|pounds?|фунт\p{L}*|тыс\.|тыщ\p{L}*|штук\s+рублей|процент\p{L}*|per\s?cent|тенге|гривен)`,
      ),
      /(?<![\p{L}\d])\d[\d\s.,]*(?:тыс\p{L}*|к(?!\p{L})|k(?!\p{L})|косар\p{L}*|grand)/gu,
      words(
        String.raw`(?:стоит|стоить|стоимость|цена|ценник|обойд[её]тся|заплат\p{L}+|costs?|price(?:\s+is|d\s+at)?|worth)\s+(?:(?:всего|будет|составит|около|примерно|от|до|вам|лишь|в|is|just|only|about|you|от|us|will\s+be)\s+)*(?:${amount})(?!\s*(?:минут|час|дн|недел|месяц|раз|человек|minute|hour|day|week|people))`,
        String.raw`скид\p{L}{1,6}(?<!скидывайте|скидыв)|скидоч\p{L}*|промо-?код\p{L}*|купон\p{L}*|кэшб[еэ]к\p{L}*|кешб[еэ]к\p{L}*|пол-?цены|за\s+половину|наполовину|(?:вдвое|втрое|в\s+${amount}\s+раза?)\s+дешевле|дешевле\s+(?:на|в|всех|рынка|для)|спецпредложени\p{L}*|специальн\p{L}+\s+цен\p{L}*|распродаж\p{L}*|акци(?:я|и|ю)\s+(?:до|только|сегодня|для)|бонус\p{L}*|рассрочк\p{L}*|тысяч\p{L}*\s+(?:рубл|долл|евро)\p{L}*`,
        String.raw`discount\p{L}*|(?:half|reduced|special|bargain|cut|lower)[\s-](?:the\s+)?pric\p{L}*|\p{L}+\s+off\s+(?:today|the\s+price|everything|for|your)|promo\s?codes?|coupons?|vouchers?|cash\s?back|for\s+half|price\s+cut|halve\p{L}*|cheaper\s+(?:for|than|by)|bonus\p{L}*|on\s+sale`,
      ),
    ],
    unlessKnown: true,
    unless: denies,
    examples: { ru: 'Скидка девяносто процентов', en: 'Half price today' },
  },
  {
    name: 'a refund, a guarantee or a promised result',
    find: [
      words(
        String.raw`(?:верн[её]м|вернут|возвра(?:тим|щаем|щу|т|та)|верну)(?!ся)\s+(?:\p{L}+\s+){0,3}?(?:деньги|денег|средств\p{L}*|оплат\p{L}*|сумм\p{L}*|вс[её]|рубл\p{L}*|стоимость|полностью|до\s+копейки|предоплат\p{L}*)|(?:деньги|средства|сумму|вс[её])\s+(?:\p{L}+\s+)?(?:назад|обратно|верн[её]м|вернут|возвращаем|возвратим|вернутся)|возврат\p{L}{0,2}|манибэк|moneyback|money[\s-]back|refund\p{L}*|reimburs\p{L}*|(?:return|give\s+back|give\s+you\s+back)\s+(?:\p{L}+\s+){0,3}?(?:money|penny|cent|dollar|fee)|your\s+money\s+(?:\p{L}+\s+)?back|get\s+your\s+money`,
        String.raw`гарант\p{L}*|стопроцентн\p{L}*|сто\s+процентов|обеща(?:ю|ем)|ручаюсь|ручаемся|клянусь|клян[её]мся|уверяю|даю\s+слово|точно\s+получите|без\s+риска|никакого\s+риска|guarant\p{L}*|warrant\p{L}*|(?:i|we)(?:['’]ll)?\s+promise|i\s+swear|you\s+have\s+my\s+word|risk[\s-]free|no\s+risk|sure\s+thing\s+that`,
        String.raw`удво(?:им|ю|ятся|ится)\p{L}*|утро(?:им|ятся|ится)|(?:увеличим|повысим|поднимем|вырастим|приумножим|нарастим|умножим|разгоним)\s+(?:\p{L}+\s+){0,3}?(?:${gain})\p{L}*|(?:${gain})\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:вырастут|вырастет|увеличатся|увеличится|удвоятся|удвоится|взлетят|станет|повысится)|в\s+(?:${amount})\s+раза?\s+(?:больше|выше|быстрее)|(?:вдвое|втрое|вчетверо)\s+(?:\p{L}+\s+)?(?:больше|выше|${gain})\p{L}*|(?:больше|вырастут|увеличим)\s+(?:\p{L}+\s+)?(?:в\s+${amount}\s+раза?|вдвое|втрое)|удвоить\s+(?:\p{L}+\s+)?(?:${gain})\p{L}*|окупится|окупятся|окупим\p{L}*`,
        String.raw`(?:we|i|it|this|sales|revenue|they|you)(?:['’]ll|\s+will|\s+are\s+going\s+to|\s+can)?\s+(?:\p{L}+ly\s+)?(?:double|triple|quadruple|increase|boost|skyrocket|grow|multiply|doubles|triples)\s+(?:\p{L}+\s+){0,2}?(?:${gainEn})|(?:${gainEn})\s+(?:will|shall|are\s+going\s+to|is\s+going\s+to)\s+(?:\p{L}+\s+)?(?:double|triple|grow|increase|rise|soar|skyrocket|go\s+up|explode)|(?:twice|double|triple|three\s+times|ten\s+times|\d+\s*x|\d+\s+times)\s+(?:as\s+many\s+|more\s+|the\s+|your\s+)+(?:${gainEn})|pays?\s+for\s+itself|pay\s+off\s+in|\d+x`,
      ),
    ],
    unlessKnown: true,
    unless: new RegExp(
      String.raw`${denies.source}|(?:хотите|want\s+to|хотели\s+бы|would\s+you\s+like)`,
      'u',
    ),
    examples: { ru: 'Вернём все деньги', en: 'We guarantee twice the sales' },
  },
  {
    name: 'a promise of something free of charge',
    find: [
      words(
        String.raw`бесплатн\p{L}*|даром|задаром|безвозмездн\p{L}*|за\s+(?:наш|мой)\s+сч[её]т|в\s+подарок|подарим|дарим|ноль\s+рублей|ничего\s+не\s+(?:стоит|платите)|не\s+нужно\s+(?:ничего\s+)?платить`,
        String.raw`free(?!\s+(?:to|times?|slots?|hours?|minutes?|moments?|windows?|on|up|around|after|before|at|then|for\s+a\s+(?:call|talk|chat)))(?<!feel\s+free|you\s+free|you\s+are\s+free|you['’]re\s+free|be\s+free|anna\s+is\s+free|hands[\s-]free|calendar\s+is\s+free)|no\s+charge|(?:at\s+)?no\s+cost|complimentary|on\s+(?:us|the\s+house)|gratis|for\s+nothing|without\s+charge|not\s+pay\s+(?:a|any)\p{L}*|costs?\s+(?:you\s+)?nothing|zero\s+cost|gifts?`,
      ),
    ],
    unless:
      /^(?!.*(?:месяц|год|недел|настрой|обучен|подпис|навсегда|всё\s|все\s|month|year|week|set-?up|training|subscription|trial|everything|forever|support|поддержк|аудит|audit|интеграц|integration|внедрен|crm|бот|bot|подключ)).*(?:разговор|встреч|созвон|звон|talk|call|meeting|conversation)/u,
    examples: { ru: 'Первый месяц бесплатно', en: 'The first two weeks are free' },
  },
  {
    name: 'a time or date of its own (write [TIMES] or [MEETING] instead)',
    find: [words(...atHours), words(...atDays), ownTimes],
    examples: { ru: 'Приходите в полседьмого', en: 'See you at half past twelve' },
  },
  {
    name: 'a time or date of its own that is not in the knowledge',
    find: [ownHours],
    unlessKnown: true,
    examples: { ru: 'Работаем с 7 до 23.', en: 'We work from 7 to 11.' },
  },
  {
    name: 'words from the instructions',
    find: [
      /prompt: |<\/?\w+>/gu,
      words(
        String.raw`offerid|offer_times|pickedofferid|system\s+(?:prompt|message|instructions?)|системн\p{L}+\s+(?:промпт|инструкци|сообщени|подсказк)\p{L}*|промпт\p{L}*`,
        String.raw`(?:my|the|these|initial|hidden|secret|previous|internal)\s+(?:\p{L}+\s+)?(?:instructions?|prompt|guidelines|directives)|(?:i\s+(?:was|am|have\s+been)|i['’]ve\s+been|i['’]m)\s+(?:told|instructed|programmed|prompted|ordered|configured|trained)`,
        String.raw`мне\s+(?:велено|велели|приказано|приказали|сказано|поручено|предписано|запрещено|запретили|дали\s+указани\p{L}+|дана\s+инструкци\p{L}+)|инструкци\p{L}*\s+(?:велит|велят|говор\p{L}+|требу\p{L}+|запреща\p{L}+|гласит)|(?:в|по|мои\p{L}*|моей|из)\s+(?:\p{L}+\s+)?инструкци\p{L}*|меня\s+(?:запрограммировали|настроили|проинструктировали|обучили)|я\s+запрограммирован\p{L}*`,
        String.raw`языков\p{L}+\s+модел\p{L}+|(?:large\s+)?language\s+model|chat\s?gpt|gpt(?:-?\d\S*)?|openai|anthropic|claude|api\s+keys?|ключ\p{L}*\s+api|access\s+token|токен\p{L}*|webhook\s+secret|sk-[\w-]+|bearer`,
      ),
      /(?<![\p{L}\d])(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{20,}/gu,
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
    ],
    examples: { ru: 'Я живой человек, а не бот', en: 'I am a real person' },
  },
  {
    name: 'data of other clients',
    find: [
      words(
        String.raw`(?:наш|друг|одн|прошл|предыдущ|недавн|сосед|ещё\s+один)\p{L}*\s+(?:клиент|заказчик|покупател|лид)\p{L}*\s*[,:—-]?\s*(?:по\s+имени|зовут|по\s+фамилии|из\s+(?:компании|ооо|фирмы)|платит|платят|заплатил\p{L}*|купил\p{L}*|записан\p{L}*|оставил\p{L}*|жив[её]т|бюджет)(?:\s+\p{L}+)?`,
        String.raw`(?:телефон|номер|почт|адрес|переписк|данн|договор|контакт|имен|имя|бюджет|фамили|заявк|карточк)\p{L}*\s+(?:(?:друг|наш|прошл|сосед|предыдущ|ваш\p{L}*\s+конкурент)\p{L}*\s+)?(?:клиент(?:а|ов|ки)\s+(?:ив|пет|\p{Lu})\p{L}+|друг\p{L}+\s+(?:клиент|лид|заказчик|человек)\p{L}*|наш\p{L}+\s+(?:клиент|лид)\p{L}*|прошл\p{L}+\s+клиент\p{L}*|предыдущ\p{L}+\s+(?:клиент|лид)\p{L}*|сосед\p{L}+)`,
        String.raw`(?:our|another|other|previous|last|one|a)\s+(?:\p{L}+\s+)?(?:client|customer|lead|buyer)s?\s*,?\s+(?:named|called|pays?|paid|bought|lives?|signed|spent|spends)(?:\s+\p{L}+)?|(?:phone|number|email|e-mail|address|data|details|contacts?|names?|budget|chat|messages?)\s+(?:number\s+)?of\s+(?:our|another|other|a\s+previous|previous|the\s+last|the\s+other)\s+(?:client|customer|lead|buyer)s?|(?:other|another|previous)\s+(?:client|customer|lead)s?['’]s?\s+\p{L}+`,
      ),
    ],
    unless: denies,
    examples: { ru: 'Телефон другого клиента могу дать', en: 'Another client pays less' },
  },
  {
    name: 'the name of another client',
    find: (text) =>
      [
      /(?:[Кк]лиент|[Зз]аказчик|[Пп]окупател)(?:|а|у|ом|ка|ки|ь|я)[\s,:—-]+(?!(?:Северн|Telegram|CRM|Анн))\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)?/gu,
      /(?:[Cc]lient|[Cc]ustomer|[Ll]ead|[Bb]uyer),?\s+(?!Anna|Northlight|Telegram|I\s)\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+/gu,
      ].flatMap((pattern) => text.match(pattern) ?? []),
    examples: { ru: 'Наш клиент Иван Петров тоже доволен', en: 'Our client John Smith is happy' },
  },
  {
    name: 'a threat or an insult',
    find: [
      words(
        String.raw`пожалеете|пожалеешь|хуже\s+будет|будет\s+хуже|(?:подадим|подам)\s+(?:на\s+вас\s+)?в\s+суд|засуд\p{L}+|коллектор\p{L}*|найд[её]м\s+вас|знаем,?\s+где\s+вы|приед(?:ем|у)\s+к\s+вам|идиот\p{L}*|дурак\p{L}*|дура|дур[её]х\p{L}*|туп(?:ой|ая|ые|ица|ицы)|дебил\p{L}*|кретин\p{L}*|урод\p{L}{0,2}|заткни\p{L}*|пош[её]л\s+(?:ты|вон|на)|идите\s+(?:к\s+чёрту|к\s+черту|на\s+хер|лесом)|сволоч\p{L}*|лох\p{L}{0,2}|хуй\p{L}*|пизд\p{L}*|(?:за|на|у)?еба\p{L}*|бля\p{L}*|мраз\p{L}*|последнее\s+предупреждение|у\s+вас\s+будут\s+проблемы|а\s+то\s+хуже`,
        String.raw`(?:will|['’]ll)\s+regret|idiots?|stupid|morons?|shut\s+up|sue\s+you|(?:know|find)\s+(?:out\s+)?where\s+you\s+(?:live|work)|fools?|losers?|dumb|or\s+else|last\s+warning|fuck\p{L}*|shit\p{L}*|bastards?|imbeciles?|there\s+will\s+be\s+consequences|face\s+(?:the\s+)?consequences|get\s+lost|go\s+to\s+hell|hurt\s+you|come\s+after\s+you|pathetic`,
      ),
    ],
    examples: { ru: 'Вы ещё пожалеете', en: 'You will regret this' },
  },
  {
    name: 'a placeholder that nobody fills in',
    find: (text) => text.match(/\[(?!(?:TIMES|MEETING)\])[^\]]*\]|\{[^}]*\}/gu) ?? [],
    examples: { ru: 'Здравствуйте, [ИМЯ]!', en: 'Hello {name}' },
  },
]
