import { findDomains, findNumbers } from './find-contacts.ts'
import { compilePattern, words } from './compile-pattern.ts'
import type { Excuse } from './excuses.ts'
import { amount, bareAmount, bigAmount } from './number-words.ts'
import { findStrangers } from './find-strangers.ts'
import { atDays, atHours } from './time-words.ts'
import { ownHours, ownTimes } from './own-times.ts'
import {
  codesAsked,
  contactsNamed,
  copiesAsked,
  freeOffered,
  moneyNamed,
  outcomePromised,
  paymentAsked,
  timesNamed,
} from './plain-demands.ts'

export interface ReplyRule {
  name: string
  /** What breaks the rule in a whole text as it is written. */
  whole?: (text: string) => string[]
  /** What breaks it in a sentence in lower case. */
  find?: RegExp[]
  /** The first breaks it when the second stands in the same sentence. */
  together?: [RegExp, RegExp][]
  /** What is found may be said when the business states it. */
  unlessKnown?: boolean
  /** The same for what the business calls free of charge. */
  unlessFree?: boolean
  excuses?: Excuse[]
  examples: { ru: string; en: string }
}

const tell =
  'пришл\\p{L}+|присыла\\p{L}+|назов\\p{L}+|назыв\\p{L}+|скаж\\p{L}+|продикту\\p{L}+|диктуй\\p{L}*|вве(?:ди|сти)\\p{L}*|отправ\\p{L}+|сообщ\\p{L}+|перешл\\p{L}+|вышл\\p{L}+|дай\\p{L}*|укаж\\p{L}+|напиш\\p{L}+|подтверд\\p{L}+|скин\\p{L}+|кин\\p{L}+|нуж\\p{L}+|жду|какой|поделит\\p{L}+|подскаж\\p{L}+|покаж\\p{L}+'
const say =
  "send|tell|give|share|enter|read|forward|type|provide|text|dictate|need|confirm|what(?:[’']s| is| are)|message|reply with|pass|show|submit|me|fill in"
const gain = 'продаж|выручк|конверси|прибыл|оборот|заяв|клиент|доход|чек'
const gainEn = 'sales|revenue|conversions?|profits?|leads?|income|turnover|clients|customers|deals'

const growth = words(
  String.raw`вырас\p{L}+|увелич(?:им|ит|ится|атся|ивает|иваем)\p{L}*|прибав\p{L}+|удво\p{L}+|утро\p{L}+|вдвое|втрое|взлет\p{L}+|подни(?:мем|мутся|мется|му|мет)|повыс(?:им|ит|ится|ятся)|рост(?:а|ом|у)?|кратн\p{L}+|в\s+гору|умнож\p{L}+|раст[её]т|растут|обгон\p{L}+|вырастете|рван\p{L}+|зашкал\p{L}+|больше\s+чем\s+сейчас`,
  String.raw`doubl\p{L}+|tripl\p{L}+|grow(?:s|th|ing)?|increas\p{L}+|boost\p{L}*|rise|rises|soar\p{L}*|skyrocket\p{L}*|go(?:es)?\s+up|up\s+by|multipl\p{L}+|win\s+more|twice|raises?|lifts?|surges?|jumps?|climbs?|explodes?|improves?\s+by|shoot\p{L}*`,
)
const gains = words(String.raw`(?:${gain})\p{L}*|${gainEn}|бизнес\p{L}*|business`)

const otherMessengers = words(
  String.raw`whats?\s?app|вотсап\p{L}*|вот?цап\p{L}*|ватс?ап\p{L}*|вацап\p{L}*|вайбер\p{L}*|viber|signal|сигнал(?:е|у)?|skype|скайп\p{L}*|инстаграм\p{L}*|instagram|insta|discord|дискорд\p{L}*|wechat|facebook|фейсбук\p{L}*|vk|вк|вконтакте|max|макс(?:е)?|messenger|imessage|slack|linkedin|одноклассник\p{L}*|тик-?ток\p{L}*|tiktok|youtube|ютуб\p{L}*|твиттер\p{L}*|twitter|вконтакте|соцсет\p{L}+|zoom|зум\p{L}*`,
)

/** What the model may not say, one kind a row. The name goes back to the model, which tries again. */
export const replyRules: ReplyRule[] = [
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
  {
    name: 'a request for codes, passwords, cards or documents',
    find: [
      ...codesAsked,
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
      words(
        String.raw`(?:кодов|контрольн|секретн|проверочн)\p{L}+\s+(?:слов|фраз|вопрос|код|числ)\p{L}*|\p{L}{3,}значн\p{L}+\s+(?:код|числ|номер|парол)\p{L}*|(?:скан|копи|разворот|селфи|снимок|фото\p{L}*)\p{L}*\s+(?:с\s+)?(?:паспорт|документ|прав|удостовер|карт)\p{L}*|прописк\p{L}+|инн|огрн|полис\p{L}*|личн\p{L}+\s+кабинет\p{L}*\s*[,:]|доступ\p{L}*\s+(?:в|к|от)\s+(?:\p{L}+\s+){0,2}?(?:кабинет|банк|почт|аккаунт|crm|amocrm|систем)\p{L}*|логин\p{L}*\s+(?:и|с)\s+парол\p{L}*|дат[уа]\s+рождени\p{L}+|код\s+с\s+(?:оборота|обратной)\p{L}*`,
        String.raw`(?:four|five|six|\d|[a-z]+)[\s-]digits?(?:\s+(?:number|code|pin))?|secret\s+(?:word|phrase|code|question|answer|key)s?|code\s*words?|driving\s+licen[cs]e|tax\s+(?:number|id|code)|(?:admin|your|the|bank|email|e-mail)\s+(?:login|log-in|credentials)|(?:scan|copy|photo|picture|selfie|snap)\s+(?:of|with)\s+(?:your\s+|the\s+|an?\s+)?(?:\p{L}+\s+)?(?:id|passport|licen[cs]e|card|document)s?|birth\s+date|your\s+birthday|national\s+insurance`,
      ),
      words(
        String.raw`(?:insurance|policy|tax|account|document|passport|social|taxpayer)\s+(?:\p{L}+\s+)?numbers?|health\s+card`,
      ),
      words(
        String.raw`push(?:-уведомлени|-сообщени|-код)?\p{L}*|пуш\p{L}*|(?:уведомлени|сообщени)\p{L}+\s+(?:от|из)\s+банка|(?:bank|push)\s+(?:\p{L}+\s+)?(?:notification|message|alert)|(?:notification|message|text)\s+from\s+(?:your|the)\s+bank|(?:four|three|six|\d)\s+digits\s+on`,
      ),
    ],
    together: [
      copiesAsked,
      [
        words(String.raw`карт(?:а|у|ы|ой)`),
        words(
          String.raw`с?фот(?:о|к)\p{L}*|сним\p{L}+|покаж\p{L}+|пришл\p{L}+|скин\p{L}+|продикту\p{L}+|назов\p{L}+|привяж\p{L}+|введ\p{L}+|укаж\p{L}+|сторон\p{L}*`,
        ),
      ],
      [
        words(
          String.raw`код(?:а|у|ом|ы|ик)?|цифр(?:ы|у|ами)?|парол\p{L}*|логин\p{L}{0,2}|документ\p{L}*|удостоверени\p{L}+|реквизит\p{L}*`,
        ),
        words(tell),
      ],
      [
        words(String.raw`codes?|digits|credentials|logins?|id\s+document|licen[cs]e|passphrase|secret`),
        words(say, String.raw`let\s+me\s+have|upload|hand\s+over|i['’]?ll\s+need`),
      ],
    ],
    excuses: ['denied'],
    examples: { ru: 'Назовите пароль от почты', en: 'Tell me the code from the text message' },
  },
  {
    name: 'a request for payment',
    find: [
      ...paymentAsked,
      words(
        String.raw`(?:оплатите|оплачивайте|оплатить\s+(?:нужно|надо|можно|сейчас|сегодня|сразу|бронь|счёт|счет)|(?:нужно|надо|необходимо|можно|можете|следует|осталось|стоит)\s+(?:\p{L}+\s+)?(?:оплатить|заплатить|внести|перевести|перечислить|доплатить)|заплатите|внесите|вносите|внес[её]те|доплатите|перечислите|переведите|переводите|скиньте|скидывайте|закиньте|пополните)`,
        String.raw`предоплат\p{L}*|аванс\p{L}{0,3}|задат\p{L}{1,4}|депозит\p{L}*|взнос\p{L}*|кошел[её]?к\p{L}*|qiwi|киви|paypal|сбп|перевод\s+(?:на|по|денег)`,
        String.raw`оплат[аыуе]\s+(?:\p{L}+\s+)?(?:на|по|через|вперёд|вперед|сразу|сейчас|до|картой|обязательна|только|за|брон\p{L}+|с\s+карты)`,
        String.raw`(?:жд[уё]м?|после|сделайте|провести|проведите|ожидаем)\s+(?:вашей\s+|вашу\s+)?оплат[уы]|сч[её]т\s+(?:на|к)\s+оплат\p{L}+`,
        String.raw`(?:please|to|must|should|can|now|just|then|first|have\s+to|need\s+to|and|or|you|you['’]ll)\s+pay(?!\s+(?:attention|off|more\s+attention|close))|^pay(?!\s+(?:attention|off))|pay\s+(?:now|the|us|via|with|by|through|into|here|upfront|up\s+front|first|online|in\s+(?:advance|full|crypto)|for\s+(?:the|your)|\d+)`,
        String.raw`prepay\p{L}*|pre-pay\p{L}*|deposits?|down\s+payment|advance\s+payment|payments?|(?:wire|transfer|send)\s+(?:us\s+|me\s+|the\s+|some\s+|your\s+)*(?:money|funds|fee|cash|amount|sum)|money\s+transfer|upfront|wallet|gift\s+cards?|western\s+union`,
        String.raw`биткоин\p{L}*|биткойн\p{L}*|крипт\p{L}*|usdt|btc|eth|ethereum|эфир(?:ом|иум\p{L}*)|bitcoins?|crypto\p{L}*|(?:in|with|by|to|send|pay)\s+(?:\p{L}+\s+)?coins?|coins|монет\p{L}{0,3}|стейблкоин\p{L}*|stablecoins?|тонкоин\p{L}*|toncoin|usdc|dogecoin|tether`,
      ),
      words(
        String.raw`(?:за)?плати(?:те|ть|м|шь)|плат[её]ж\p{L}*|(?:символическ|небольш|вступительн|регистрационн|бронировочн|страхов)\p{L}+\s+(?:оплат|плат|сумм|взнос|сбор)\p{L}*|оплат(?:а|у|ы|ой|е)|оплач\p{L}+|рассч(?:и|ё|е)та(?:ться|йтесь|емся)|(?:закин|скин|кин|перекин|перевед|отправ)\p{L}+\s+(?:[^.!?\n]{0,20}\s)?(?:тысяч|денег|деньги|рубл|сумм|на\s+карт|на\s+сч|на\s+(?:тинькофф|сбер|т-банк|киви))\p{L}*|(?:на|через)\s+(?:тинькофф|сбер\p{L}*|альфа-?банк\p{L}*|т-банк|втб)|тон(?:ах|ами|ы)|эфир(?:е|у|ом)|альткоин\p{L}*|монер\p{L}+|наличн\p{L}+`,
        String.raw`(?:fee|fees|levy|surcharge)|(?:settle|clear|cover)\s+(?:the\s+|your\s+|our\s+)?(?:invoice|bill|fee|amount|balance)|(?:send|wire|transfer|throw|chip\s+in|venmo|paypal|zelle)\s+(?:[^.!?\n]{0,20}\s)?(?:bucks|dollars|pounds|euros|quid|money|cash)|paypal|venmo|zelle|cash\s?app|revolut|ether|dogecoin|solana|monero|litecoin|pay(?:able|ing)\s+(?:now|us|in\s+advance|upfront|by|to)|money\s+up\s+front|prepaid`,
      ),
      words(
        String.raw`(?:за\s+бронь|бронь\s+стоит|платн\p{L}+|доплат\p{L}+|предопл\p{L}+|постоплат\p{L}*|оплатив|чек\s+на\s+оплату|скинуть(?:ся)?\s+(?:\p{L}+\s+)?на\s+карт\p{L}+|на\s+карт[уы](?!\p{L}))`,
        String.raw`(?:wire|transfer|send|put\s+down|remit|deposit)\s+(?:the\s+|an?\s+|your\s+|our\s+)?(?:\p{L}+\s+)?(?:advance|sum|amount|rest|balance|remainder|payment)|booking\s+(?:costs|charge|fee)|charge\s+(?:you|for)|we\s+charge|chargeable`,
      ),
      words(
        String.raw`top[\s-]?up|half\s+(?:\p{L}+\s+){0,3}?(?:now|later|upfront|up\s+front)|(?:половин\p{L}+|часть)\s+(?:\p{L}+\s+){0,2}?(?:сразу|сейчас|вперёд|вперед|потом)|в\s+рассрочку|instal?ments?`,
      ),
      words(String.raw`наличк\p{L}*|cash\s+(?:only|in\s+advance|please)|in\s+cash|iou`),
    ],
    unlessKnown: true,
    excuses: ['denied', 'their ways', 'left to a human'],
    examples: { ru: 'Внесите предоплату, и время ваше', en: 'Send a deposit in bitcoin' },
  },
  {
    name: 'a price, a discount or a number that is not in the knowledge',
    find: [
      ...moneyNamed,
      /[₽$€£]\s*\d(?:[\d.,]*\d)?/gu,
      compilePattern(
        String.raw`(?<![\p{L}\d])${amount}\s*(?:%|₽|\$|€|£|руб\p{L}*|р\.?(?![\p{L}])|usd(?!\p{L})|eur(?!\p{L})|rub(?:les?)?(?!\p{L})|долл\p{L}*|бакс\p{L}*|dollars?|bucks|euros?|евро(?!\p{L})|pounds?|фунт\p{L}*|тыс\.|тыщ\p{L}*|штук\s+рублей|процент\p{L}*|per\s?cent|тенге|гривен)`,
      ),
      /(?<![\p{L}\d])\d[\d\s.,]*(?:тыс\p{L}*|к(?!\p{L})|k(?!\p{L})|косар\p{L}*|grand)/gu,
      words(
        String.raw`(?:стоит|стоить|стоимость|цена|ценник|обойд[её]тся|заплат\p{L}+|costs?|price(?:\s+is|d\s+at)?|worth)\s+(?:(?:всего|будет|составит|около|примерно|от|до|вам|лишь|в|is|just|only|about|you|от|us|will\s+be)\s+)*(?:${amount})(?!\s*(?:минут|час|дн|недел|месяц|раз|человек|заявк|лид|клиент|встреч|звон|minute|hour|day|week|people|lead|request|client|customer))`,
      ),
      words(
        String.raw`полтораш\p{L}*|косар\p{L}*|пятихат\p{L}*|стольник\p{L}*|(?:двушк|тр[её]шк|пят[её]рк|десятк)[аиу]\s+(?:в|за)\s+\p{L}+|рубл\p{L}*|бакс\p{L}*|долларов|евро|(?:two|three|four|five|ten|twenty|\d+)\s+(?:grand|quid|bucks)|bucks|quid`,
      ),
      compilePattern(
        String.raw`${bareAmount}\s+(?:в|за|на|a|per|an|each|every|for\s+(?:a|the))\s+(?:месяц|год|мес|человека|пользователя|месте|место|month|year|seat|user|person|head|week|неделю|день|day)(?![\p{L}])`,
      ),
      compilePattern(String.raw`${bigAmount}`),
      words(
        String.raw`(?:сотн[яюией]|сотк[аиу]|тридцатк|двадцатк|пятнашк|десяточк|полтинник|штук[аиу]|лям|тонн[аыу])\p{L}*\s+(?:\p{L}+\s+)?(?:в|за|на)\s+(?:месяц|год|всё|все|двоих|человека|пользовател\p{L}+)|на\s+(?:треть|четверть|половину|\p{L}+[ую]ю\s+(?:часть|долю))|(?:by|for)\s+(?:an?|one|two)[\s-](?:third|quarter|half|fifth|tenth)s?|(?:two|three)[\s-](?:thirds|quarters)|(?:a|several|few)\s+(?:hundred|thousand)\s+(?:bucks|dollars|a\s+\p{L}+|per\s+\p{L}+)`,
      ),
      words(
        String.raw`тысяч\s+(?:на|за|по)\s+\p{L}+|(?:минус|minus)\s+(?:an?\s+)?(?:треть|четверть|половин\p{L}+|third|quarter|half|${amount})`,
      ),
      compilePattern(String.raw`(?<![\p{L}\d])an?\s+(?=hundred|thousand|million|grand)${bareAmount}`),
    ],
    together: [
      [
        compilePattern(bareAmount),
        words(
          String.raw`цен\p{L}{0,3}|ценник\p{L}*|сто(?:ит|ить|ят|ило)|стоимост\p{L}*|тариф\p{L}*|абонент\p{L}+|обойд\p{L}+|выйдет|выходит|подписк\p{L}*|плат\p{L}*|price\p{L}*|costs?|plans?|rates?|fees?|charges?|runs?\s+(?:to|at)|that(?:['’]ll|\s+will)\s+be|all\s+in|subscription|quotes?|pay|bill|package|пакет\p{L}*|счёт|вложени\p{L}+|бюджет\p{L}*\s+клиент\p{L}*|конкурент\p{L}*|competitor\p{L}*|возьм[её]м|бер[её]м|отдадим|просим|брон[ьи]\p{L}*|booking|сотрудничеств\p{L}+|за\s+вс[её]|under\s+contract|выйдет|итого|нужн\p{L}+|требуется|needed|required|come(?:s)?\s+to|total|totals`,
        ),
      ],
    ],
    unlessKnown: true,
    examples: { ru: 'Скидка девяносто процентов', en: 'It costs two hundred dollars' },
  },
  {
    name: 'a discount that is not in the knowledge',
    find: [
      words(
        String.raw`скид\p{L}{1,6}(?<!скидывайте|скидыв)|скидоч\p{L}*|промо-?код\p{L}*|купон\p{L}*|кэшб[еэ]к\p{L}*|кешб[еэ]к\p{L}*|пол-?цены|за\s+половину|наполовину|(?:вдвое|втрое|в\s+${amount}\s+раза?)\s+дешевле|дешевле\s+(?:на|в|всех|рынка|для)|спецпредложени\p{L}*|специальн\p{L}+\s+цен\p{L}*|распродаж\p{L}*|акци(?:я|и|ю)\s+(?:до|только|сегодня|для)|бонус\p{L}*|рассрочк\p{L}*|тысяч\p{L}*\s+(?:рубл|долл|евро)\p{L}*`,
        String.raw`discount\p{L}*|(?:half|reduced|special|bargain|cut|lower)[\s-](?:the\s+)?pric\p{L}*|\p{L}+\s+off\s+(?:today|the\s+price|everything|for|your)|promo\s?codes?|coupons?|vouchers?|cash\s?back|for\s+half|price\s+cut|halve\p{L}*|cheaper\s+(?:for|than|by)|bonus\p{L}*|on\s+sale`,
      ),
      words(
        String.raw`(?:треть|трети|четверть|половин\p{L}+|част\p{L}+)\s+(?:цен|стоимост|сумм)\p{L}+|(?:особ|льготн|сниженн|выгодн|минимальн|лучш|закрыт|персональн|эксклюзивн|специальн|дружеск|хорош)\p{L}+\s+(?:цен|услови|предложени|тариф)\p{L}*|(?:уступ|снизим|сниж|сброс|скин)\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:цен|стоимост|процент|треть|половин)\p{L}*|(?:для\s+вас\s+)?(?:по)?дешевле|скидон\p{L}*|со\s+скидкой|акци[яию]`,
        String.raw`(?:a\s+)?(?:third|quarter|half)\s+(?:of\s+)?(?:off|the\s+(?:price|cost))|(?:knock|take|shave|cut|slash)\p{L}*\s+(?:[^.!?\n]{0,20}\s)?(?:off|price\p{L}*|cost)|(?:special|exclusive|lower|better|best|insider|friends?)\s+(?:rate|price|deal|offer|terms|tariff)s?|cheaper|deal\s+of\s+the\s+\p{L}+|rebate\p{L}*|sale\s+ends`,
      ),
    ],
    unlessKnown: true,
    excuses: ['denied', 'their ways', 'left to a human'],
    examples: { ru: 'Скидка девяносто процентов', en: 'Half price today' },
  },
  {
    name: 'a refund, a guarantee or a promised result',
    find: [
      ...outcomePromised,
      words(
        String.raw`(?:верн[её]м|вернут|возвра(?:тим|щаем|щу|т|та)|верну)(?!ся)\s+(?:\p{L}+\s+){0,3}?(?:деньги|денег|средств\p{L}*|оплат\p{L}*|сумм\p{L}*|вс[её]|рубл\p{L}*|стоимость|полностью|до\s+копейки|предоплат\p{L}*)|(?:деньги|средства|сумму|вс[её])\s+(?:\p{L}+\s+)?(?:назад|обратно|верн[её]м|вернут|возвращаем|возвратим|вернутся)|возврат\p{L}{0,2}|манибэк|moneyback|money[\s-]back|refund\p{L}*|reimburs\p{L}*|(?:return|give\s+back|give\s+you\s+back)\s+(?:\p{L}+\s+){0,3}?(?:money|penny|cent|dollar|fee)|your\s+money\s+(?:\p{L}+\s+)?back|get\s+your\s+money`,
        String.raw`гарант\p{L}*|стопроцентн\p{L}*|сто\s+процентов|обеща(?:ю|ем)|ручаюсь|ручаемся|клянусь|клян[её]мся|уверяю|даю\s+слово|точно\s+получите|без\s+риска|никакого\s+риска|guarant\p{L}*|warrant\p{L}*|(?:i|we)(?:['’]ll)?\s+promise|i\s+swear|you\s+have\s+my\s+word|risk[\s-]free|no\s+risk|sure\s+thing\s+that`,
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
    name: 'a promise of something free of charge',
    find: [
      ...freeOffered,
      words(
        String.raw`бесплатн\p{L}*|даром|задаром|безвозмездн\p{L}*|за\s+(?:наш|мой)\s+сч[её]т|в\s+подарок|подарим|дарим|ноль\s+рублей|ничего\s+не\s+(?:стоит|платите)|не\s+нужно\s+(?:ничего\s+)?платить`,
        String.raw`free(?!\s+(?:to|times?|slots?|hours?|minutes?|moments?|windows?|on|up|around|after|before|at|then|for\s+a\s+(?:call|talk|chat)))(?<!feel\s+free|you\s+free|you\s+are\s+free|you['’]re\s+free|be\s+free|anna\s+is\s+free|hands[\s-]free|calendar\s+is\s+free)|no\s+charge|(?:at\s+)?no\s+cost|complimentary|on\s+(?:us|the\s+house)|gratis|for\s+nothing|without\s+charge|not\s+pay\s+(?:a|any)\p{L}*|costs?\s+(?:you\s+)?nothing|zero\s+cost|gifts?`,
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
    excuses: ['denied'],
    examples: { ru: 'Первый месяц бесплатно', en: 'The first two weeks are free' },
  },
  {
    name: 'a time or date of its own (write [TIMES] or [MEETING] instead)',
    find: [words(...atHours), words(...atDays), ownTimes, ...timesNamed],
    excuses: ['their story'],
    together: [
      [
        words(
          String.raw`(?:до|после)\s+обеда|сегодня|today|tonight|утром|вечером|this\s+(?:morning|evening|afternoon)|днём`,
        ),
        words(
          String.raw`встре[тч]\p{L}+мся|созвон\p{L}+мся|позвон\p{L}+|набер\p{L}+|увид\p{L}+мся|жд[уёе]\p{L}{0,2}|приходите|(?:call|ring|phone|meet|see)\s+you|let\s+us\s+(?:call|meet|talk)|let['’]s\s+(?:call|meet|talk)|i['’]?(?:ll|\s+will)\s+(?:call|ring|phone)`,
        ),
      ],
    ],
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
        String.raw`(?:my|the|these|initial|hidden|secret|previous|internal)\s+(?:\p{L}+\s+)?(?:instructions?|prompt(?!\s+(?:reply|answer|response|feedback))|guidelines|directives)|(?:i\s+(?:was|am|have\s+been)|i['’]ve\s+been|i['’]m)\s+(?:told|instructed|programmed|prompted|ordered|configured|trained)`,
        String.raw`мне\s+(?:велено|велели|приказано|приказали|сказано|поручено|предписано|запрещено|запретили|дали\s+указани\p{L}+|дана\s+инструкци\p{L}+)|инструкци\p{L}*\s+(?:велит|велят|говор\p{L}+|требу\p{L}+|запреща\p{L}+|гласит)|(?:в|по|мои\p{L}*|моей|из)\s+(?:\p{L}+\s+)?инструкци\p{L}*|меня\s+(?:запрограммировали|настроили|проинструктировали|обучили)|я\s+запрограммирован\p{L}*`,
        String.raw`языков\p{L}+\s+модел\p{L}+|(?:large\s+)?language\s+model|chat\s?gpt|gpt(?:-?\d\S*)?|openai|anthropic|claude|api\s+keys?|ключ\p{L}*\s+api|access\s+token|токен\p{L}*|webhook\s+secret|sk-[a-z0-9_-]+|bearer`,
      ),
      /(?<![\p{L}\d])(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{20,}/gu,
      words(
        String.raw`мо[иё]х?\s+(?:правил|инструкц|настройк|установк|указани|промпт)\p{L}*|правила\s+(?:запрещают|велят|требуют|не\s+разрешают)|вот\s+(?:мои|их|весь|полный)\s+(?:текст|правил|инструкц)\p{L}*|системн\p{L}+\s+(?:сообщени|промпт|инструкц|текст|настройк)\p{L}*|разработчик\p{L}*\s+(?:велел|сказал|запретил|попросил)\p{L}*|нейросет\p{L}+\s+(?:от|gpt|yandex)\p{L}*`,
        String.raw`rules\s+(?:i\s+(?:was|have\s+been|am|follow)|that\s+i)|my\s+(?:own\s+)?(?:rules|instructions|guidelines|directives|configuration|programming)|(?:here\s+(?:are|is)|these\s+are)\s+(?:the|my)\s+(?:rules|instructions|prompt|guidelines)|(?:told|instructed|ordered|programmed|forbidden)\s+(?:me\s+)?(?:not\s+)?(?:never\s+)?to\s+(?:say|push|sell|mention|tell|hide|promise|talk|discuss|keep|act)|system\s+message|developers?\s+(?:told|asked|want|instructed)`,
      ),
      words(
        String.raw`(?:меня|мне)\s+(?:\p{L}+\s+)?(?:настроили|проинструктировали|обучили|попросили|научили|запретили|велели|ограничили)|мо(?:ему|ём|й|его|им|ём)\s+промпт\p{L}*|(?:запрещено|не\s+положено|не\s+велено)\s+(?:\p{L}+\s+)?(?:говорить|обсуждать|называть|раскрывать|сообщать)|(?:приказ|директив|установк)\p{L}*\s+(?:разработчик|компани|сверху|начальств)\p{L}*|моя\s+задача\s+(?:—|-)?\s*(?:продать|продавать|впарить|дожать|уговорить)|temperature\s+\d`,
        String.raw`(?:configured|told|instructed|programmed|trained|set\s+up|forbade|forbids?|ordered|prompted)\s+(?:me|not)|my\s+prompt|i(?:['’]m|\s+am)\s+(?:not\s+allowed|forbidden)\s+to\s+(?:say|tell|talk|discuss|mention|reveal|name)|my\s+(?:task|job|goal)\s+is\s+to\s+(?:sell|push|convince|close|persuade)`,
      ),
      words(
        String.raw`(?:раскры\p{L}+|показ\p{L}+|процитир\p{L}+|перечисл\p{L}+)\s+(?:[^.!?\n]{0,40}\s)?(?:подсказк|промпт|инструкц|правил)\p{L}*|(?:в|из)\s+(?:моей\s+)?(?:подсказк|установк)\p{L}+|the\s+prompt(?!\s+(?:reply|answer|response))|reveal\s+(?:my|the|what)|prompt\s+(?:says|tells|reads|begins|starts)`,
      ),
      words(
        String.raw`правил\p{L}*,?\s+(?:по\s+)?котор\p{L}+\s+(?:мне|меня|я)|(?:должн[аоы]?|обязан[аоы]?)\s+(?:на\s+)?(?:вас\s+)?(?:давить|дожать|дожимать|продать|впарить|уговор\p{L}+)|(?:have\s+to|must|supposed\s+to|should)\s+(?:press|push|pressure|persuade|convince)\s+you|system(?:ic)?\s+(?:text|rules?|notes?)|системн\p{L}+\s+\p{L}+|by\s+the\s+rules`,
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
        String.raw`мне\s+(?:всего\s+)?${amount}\s+(?:лет|год\p{L}*)|(?:я\s+)?(?:живу|родил(?:ся|ась)|вырос(?:ла)?)\s+в\s+\p{L}+|(?:мой|моя|мои|у\s+меня)\s+(?:есть\s+)?(?:муж|жена|дет[ией]\p{L}*|сын|дочь|семья|мама|ребён\p{L}+)|years\s+old|(?:i\s+)?(?:live|living|lives|born|grew\s+up)\s+in\s+\p{L}+|my\s+(?:husband|wife|kids|children|son|daughter|family|mum|mom)`,
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
  {
    name: 'data of other clients',
    find: [
      words(
        String.raw`(?:наш|друг|одн|прошл|предыдущ|недавн|сосед|ещё\s+один)\p{L}*\s+(?:клиент|заказчик|покупател|лид)\p{L}*\s*[,:—-]?\s*(?:по\s+имени|зовут|по\s+фамилии|из\s+(?:компании|ооо|фирмы)|платит|платят|заплатил\p{L}*|купил\p{L}*|записан\p{L}*|оставил\p{L}*|жив[её]т|бюджет)(?:\s+\p{L}+)?`,
        String.raw`(?:телефон|номер|почт|адрес|переписк|данн|договор|контакт|имен|имя|бюджет|фамили|заявк|карточк)\p{L}*\s+(?:(?:друг|наш|прошл|сосед|предыдущ|ваш\p{L}*\s+конкурент)\p{L}*\s+)?(?:клиент(?:а|ов|ки)\s+(?:ив|пет|\p{Lu})\p{L}+|друг\p{L}+\s+(?:клиент|лид|заказчик|человек)\p{L}*|наш\p{L}+\s+(?:клиент|лид)\p{L}*|прошл\p{L}+\s+клиент\p{L}*|предыдущ\p{L}+\s+(?:клиент|лид)\p{L}*|сосед\p{L}+)`,
        String.raw`(?:our|another|other|previous|last|one|a)\s+(?:\p{L}+\s+)?(?:client|customer|lead|buyer)s?\s*,?\s+(?:named|called|pays?|paid|bought|lives?|signed|spent|spends)(?:\s+\p{L}+)?|(?:phone|number|email|e-mail|address|data|details|contacts?|names?|budget|chat|messages?)\s+(?:number\s+)?of\s+(?:our|another|other|a\s+previous|previous|the\s+last|the\s+other)\s+(?:client|customer|lead|buyer)s?|(?:other|another|previous)\s+(?:client|customer|lead)s?['’]s?\s+\p{L}+`,
      ),
      words(
        String.raw`(?:его|её|ее|их)\s+(?:номер|телефон|почт|адрес|бюджет|контакт|переписк|заявк|фамили)\p{L}*|(?:у\s+)?(?:ваш\p{L}*\s+)?конкурент\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:бюджет|плат|купил|заказал|работа|взял|уже)\p{L}*|(?:друг|прошл|предыдущ)\p{L}+\s+(?:клиент|заказчик|покупател|лид)\p{L}*\s+\p{L}+|(?:клиент|заказчик|покупател)\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:рассказал|сказал|признал|просил|жаловал|написал)\p{L}*`,
        String.raw`(?:his|her|their)\s+(?:phone|number|e-?mail|address|budget|contacts?|chat|messages|details)\s+(?:is|are|number)|(?:your\s+|a\s+)?competitors?(?:['’]s)?\s+(?:\p{L}+\s+){0,3}?(?:budget|pays?|paid|bought|signed|uses?|ordered|works?|already)|(?:other|another|previous|last)\s+(?:client|customer|lead|buyer)s?\s+\p{L}+|(?:client|customer|buyer)s?\s+(?:told|confessed|complained|wrote\s+to)\s+(?:me|us)`,
      ),
      words(
        String.raw`(?:сосед\p{L}*|знаком\p{L}+|коллег\p{L}+\s+по\s+рынку)\s+(?:[\p{L}-]+\s+){0,4}?(?:заплат|плат|куп|взял|подписал)\p{L}*|(?:уже|вчера|недавно)\s+(?:за|о)?(?:платил|купил)\p{L}*\s+(?:у\s+нас|нам)|баз[ауы]\s+(?:\p{L}+\s+){0,2}?клиентов|список\s+(?:\p{L}+\s+)?клиентов|client\s+(?:base|list|database)|customer\s+(?:base|list|database)|neighbou?rs?\s+(?:\p{L}+\s+){0,3}?(?:paid|pays?|bought|signed)|bought\s+(?:it\s+)?from\s+us`,
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
  {
    name: 'a threat or an insult',
    find: [
      words(
        String.raw`пожалеете|пожалеешь|хуже\s+будет|будет\s+хуже|(?:подадим|подам)\s+(?:на\s+вас\s+)?в\s+суд|засуд\p{L}+|коллектор\p{L}*|найд[её]м\s+вас|знаем,?\s+где\s+вы|приед(?:ем|у)\s+к\s+вам|идиот\p{L}*|дурак\p{L}*|дура|дур[её]х\p{L}*|туп(?:ой|ая|ые|ица|ицы)|дебил\p{L}*|кретин\p{L}*|урод\p{L}{0,2}|заткни\p{L}*|пош[её]л\s+(?:ты|вон|на)|идите\s+(?:к\s+чёрту|к\s+черту|на\s+хер|лесом)|сволоч\p{L}*|лох\p{L}{0,2}|хуй\p{L}*|пизд\p{L}*|(?:за|на|у)?еба\p{L}*|бля\p{L}*|мраз\p{L}*|последнее\s+предупреждение|у\s+вас\s+будут\s+проблемы|а\s+то\s+хуже`,
        String.raw`(?:will|['’]ll)\s+regret|idiots?|stupid|morons?|shut\s+up|sue\s+you|(?:know|find)\s+(?:out\s+)?where\s+you\s+(?:live|work)|fools?|losers?|dumb|or\s+else|last\s+warning|fuck\p{L}*|shit\p{L}*|bastards?|imbeciles?|there\s+will\s+be\s+consequences|face\s+(?:the\s+)?consequences|(?<![a-z]\s)get\s+lost|go\s+to\s+hell|hurt\s+you|come\s+after\s+you|pathetic`,
      ),
    ],
    examples: { ru: 'Вы ещё пожалеете', en: 'You will regret this' },
  },
  {
    name: 'a placeholder that nobody fills in',
    whole: (text) => text.match(/\[(?!(?:TIMES|MEETING)\])[^\]]*\]|\{[^}]*\}/gu) ?? [],
    examples: { ru: 'Здравствуйте, [ИМЯ]!', en: 'Hello {name}' },
  },
]
