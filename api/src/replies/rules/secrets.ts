import { words } from '../compile-pattern.ts'
import type { ReplyRule } from '../reply-rule.ts'

const codesAsked = [
  words(
    String.raw`то,?\s+что\s+(?:\p{L}+\s+){0,3}?(?:при[шс]л\p{L}+|прид[её]т|отправил\p{L}*|высветил\p{L}*|появил\p{L}*|отобраз\p{L}+)(?:\s+[^.!?\n]{0,40})?`,
    String.raw`(?:назов|скаж|пришл|введ|продикт|напиш)\p{L}*\s+(?:\p{L}+\s+)?комбинаци\p{L}*|(?:мобильн|интернет|онлайн)\p{L}*[\s-]банк\p{L}*|удал[её]нн\p{L}+\s+(?:доступ|рабоч)\p{L}*|(?:number|digits|figures|code)\s+(?:in|from)\s+(?:the|your|that)\s+(?:text|sms|message)`,
    String.raw`(?:при[шс]л\p{L}+|прид[её]т|придут)\s+(?:[^.!?\n]{0,40}\s)?(?:банк\p{L}*|цифр\p{L}*|знак(?:а|ов|и)?|символ\p{L}*|с\s+(?:номером|кодом))`,
    String.raw`банк\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:прислал|выдал|дал|отправил)\p{L}*`,
    String.raw`(?:три|четыре|пять|шесть|последн\p{L}+|\d)\s+(?:\p{L}+\s+)?(?:знак|символ|цифр)\p{L}*\s+(?:из|с|от|на)`,
    String.raw`пин(?:а|у|ом)?|пасс(?:ы|а|ом|ворд\p{L}*)?|qr(?!\s+codes?\s+(?:in|on|at)\s+your)(?:-?код\p{L}*|\s+code)?|куар\p{L}*`,
    String.raw`(?:включ|запуст|откр)\p{L}+\s+(?:[^.!?\n]{0,30}\s)?(?:демонстраци\p{L}+|показ\s+экрана|(?:мобильн|интернет|онлайн)\p{L}*[\s-]банк\p{L}*|банковск\p{L}+\s+приложени\p{L}*)`,
    String.raw`доступ\p{L}*\s+(?:к|на)\s+(?:\p{L}+\s+){0,2}?(?:стол|компьютер|экран|ноутбук|телефон|устройств)\p{L}*`,
    String.raw`(?:numbers?|figures?|digits?|letters|characters)\s+(?:on|by|at|from|next\s+to|near)\s+(?:the|your)\s+(?:\p{L}+\s+){0,3}?(?:back|signature|strip|card|front)`,
    String.raw`(?:share|sharing|show)\s+your\s+screen|screen[\s-]sharing|(?:online|mobile|internet)\s+bank\p{L}*|bank(?:ing)?\s+app|remote\s+(?:access|control|desktop|session)`,
    String.raw`bank\s+(?:\p{L}+\s+){0,2}?(?:gave|sent|sends|texted|text|issued)|(?:\p{L}+|\d)[\s-](?:character|letter|figure)\s+(?:message|text|code)`,
    String.raw`security\s+question|verification\s+(?:text|message|sms|number)|(?:digits|numbers|code)\s+you\s+(?:just\s+)?(?:got|received|get|see)|log[\s-]?in\s+(?:plus|and|\+|with)\s+pass\p{L}*|(?:admin|control)\s+panel`,
  ),
]

/** Copy it here, whatever came. */
const copiesAsked: [RegExp, RegExp] = [
  words(
    String.raw`(?:перепиш|скопиру|продублиру|перешл|дублиру|набер|вбей|вбив|введи|встав)\p{L}*\s+(?:[^.!?\n]{0,40}\s)?(?:сюда|здесь|мне|нам|в\s+чат\p{L}*)`,
    String.raw`(?:copy|paste|repeat|forward|drop|read)\s+(?:[^.!?\n]{0,40}\s)?(?:here|me|back|to\s+us)`,
  ),
  words(
    String.raw`цифр\p{L}*|знак(?:а|ов|и)?|символ\p{L}*|номер\p{L}{0,3}|смс|sms|уведомлени\p{L}*|сообщени\p{L}*\s+(?:из|от|с)\s+\p{L}+|numbers?|digits?|figures?|characters?|bank|verification|sms`,
  ),
]

const tell =
  'пришл(?!(?:[её]т|ют|ю|[её]м)(?!\\p{L}))\\p{L}+|присыла\\p{L}+|назов\\p{L}+|назыв\\p{L}+|скаж\\p{L}+|продикту\\p{L}+|диктуй\\p{L}*|вве(?:ди|сти)\\p{L}*|отправ\\p{L}+|сообщ\\p{L}+|перешл\\p{L}+|вышл\\p{L}+|дай\\p{L}*|укаж\\p{L}+|напиш\\p{L}+|подтверд\\p{L}+|скин\\p{L}+|кин\\p{L}+|нуж\\p{L}+|жду|какой|поделит\\p{L}+|подскаж\\p{L}+|покаж\\p{L}+'

const say =
  "send|tell|give|share|enter|read|forward|type|provide|text|dictate|need|confirm|what(?:[’']s| is| are)|message|reply with|pass|show|submit|me|fill in"

export const secretsRules: ReplyRule[] = [
  {
    name: 'a request for codes, passwords, cards or documents',
    find: [
      ...codesAsked,
      words(
        String.raw`уч[её]тн\p{L}+\s+(?:данн|запис)\p{L}*|данн\p{L}+\s+(?:для|от)\s+(?:входа|доступа|аккаунта|авторизац\p{L}+|учётк\p{L}+|кабинет\p{L}*)|(?:зайд|войд|залогин|авториз)\p{L}+\s+(?:\p{L}+\s+)?(?:под|в|за|через|с)\s+(?:ваш|вас)\p{L}*|под\s+вашим\s+(?:аккаунт|именем|логин|уч[её]тк)\p{L}*|уч[её]тк\p{L}+|(?:с|от)?скан(?:ируй|ирова|ьте)\p{L}*|квадратик\p{L}*|(?:имен|логин|ник)\p{L}*\s+и\s+(?:секрет|парол|ключ|код)\p{L}*|ключ\p{L}*\s+(?:от|к)\s+(?:\p{L}+\s+){0,2}?(?:кабинет|аккаунт|почт|систем|crm|сайт|рекламн)\p{L}*|слов[оа]м?,?\s+(?:с\s+)?котор\p{L}+\s+(?:\p{L}+\s+){0,3}?(?:заход|вход|пуска|открыва)\p{L}*|последн\p{L}+\s+(?:четыре|три|\d)|питомц\p{L}*|(?:кличк|прозвищ)\p{L}+|восстановлени\p{L}+\s+доступ\p{L}*|запрошу\s+(?:\p{L}+\s+)?(?:вход|доступ|подтвержд)\p{L}*|нажмите\s+[«"“]?да|секрет(?:ом|а|ы|ик)?\s+(?:вы|от|для|к)|номер\p{L}*\s+(?:\p{L}+\s+)?(?:договор|счет|счёт|полис|карт|паспорт|удостоверен)\p{L}*|(?:разворот|первая\s+страниц|прописк)\p{L}*|подтверд\p{L}+\s+(?:\p{L}+\s+)?личност\p{L}+|(?:верификаци|идентификаци)\p{L}+\s+личност\p{L}*|документ\p{L}*\s+(?:в|к|на|перед)\s+камер\p{L}+`,
        String.raw`(?:упад|прид[её]т(?!ся)|прилет|приход|поступ|высветит|появит)\p{L}*\s+(?:\p{L}+\s+){0,4}?(?:сообщени|смс|sms|уведомлени|пуш|код|запрос)\p{L}*|(?:сообщени|смс|уведомлени|пуш|код)\p{L}*\s+(?:\p{L}+\s+){0,3}?(?:упад|прид[её]т(?!ся)|прилет|поступ)\p{L}*\s*,|перешл\p{L}+\s+(?:\p{L}+\s+){0,2}?(?:его\s+|её\s+)?(?:текст|содержим|сообщени|код|экран|скрин)\p{L}*`,
        String.raw`(?:your|the)\s+credentials|keys?\s+to\s+(?:your|the)\s+(?:\p{L}+\s+)?(?:account|panel|mailbox|system|crm|site)|(?:word|phrase)\s+(?:that\s+)?you\s+(?:use|type|enter|log|sign)|last\s+(?:four|three|\d)|expiry(?:\s+date)?|expiration|pet['’]?s?\s+name|first\s+pet|(?:restor|recover)\p{L}*\s+(?:the\s+|your\s+)?access|(?:picture|photo|snap\p{L}*|image)\s+of\s+(?:the|your|a)\s+(?:\p{L}+\s+)?(?:card|id|licen[cs]e|document|passport)|(?:request|ask\s+for)\s+(?:an?\s+|the\s+)?(?:login|log-in|access|sign-in)|(?:press|tap|click|say)\s+["“]?yes|log(?:ging)?\s+in\s+(?:as|for|under|with)\s+(?:you|your)|(?:name|login|username|user)\s+and\s+(?:the\s+|a\s+|your\s+)?(?:secret|key|code|password)|scan\s+(?:the|this|that|my|a|it)|little\s+square|(?:bank|contract|insurance|agreement|policy|account)\s+(?:\p{L}+\s+)?numbers?|(?:confirm|prove|verify)\s+(?:\p{L}+\s+)?(?:who\s+you\s+are|your\s+identity|identity)|(?:document|id|passport|card)\s+(?:up\s+)?(?:to|in\s+front\s+of|before|into)\s+(?:the|your)\s+camera|(?:message|text|code|notification|request|alert|prompt)\s+(?:\p{L}+\s+)?(?:will|is\s+going\s+to|shall|should)?\s*(?:pop\s+up|arrive|appear|land|come\s+in|show\s+up)\p{L}*|forward\s+(?:\p{L}+\s+)?(?:what|whatever|its|the\s+(?:text|message|code|content\p{L}*))`,
      ),
      words(
        String.raw`(?:парол|пин-?код|пинкод|смс-?код|sms-?код|одноразов\p{L}+\s+код|код\p{L}*\s+(?:(?:из|от|с|подтвержд\p{L}+|доступа|безопасност\p{L}+|авторизац\p{L}+)\s*)+|cvv|cvc|цвв|снилс|паспорт|госуслуг)\p{L}*`,
        String.raw`(?:${tell})\s+(?:[^.!?\n]{0,40}\s)?(?:код(?:а|у|ом|ы|ик)?|цифр\p{L}*|парол\p{L}*|логин\p{L}*|кодов\p{L}+\s+слов\p{L}+|девич\p{L}+\s+фамили\p{L}+|инн|токен\p{L}*|ключ\p{L}*\s+(?:api|доступа))`,
        String.raw`(?:номер\p{L}*|данн\p{L}+|реквизит\p{L}*|срок\s+действия|банковск\p{L}+|кредитн\p{L}+|дебетов\p{L}+|на|оборот\p{L}*|фото|сторон\p{L}+|привяз\p{L}+|ваш\p{L}*)\s+(?:\p{L}+\s+)?карт(?:а|ы|у|е|ой|очки|очку)`,
        String.raw`(?:серия|серию|номер)\s+(?:и\s+номер\s+)?(?:документ|прав|удостоверен|счет|счёт)\p{L}*|водительск\p{L}+|удостоверени\p{L}+\s+личности|скан\p{L}*\s+документ\p{L}*|реквизит\p{L}*|банковск\p{L}+\s+сч[её]т\p{L}*|девич\p{L}+\s+фамили\p{L}+|сид-?фраз\p{L}*|секретн\p{L}+\s+(?:слов|вопрос|фраз|код)\p{L}*`,
        String.raw`passwords?|passcodes?|pass\s?phrase|pin(?:\s+(?:code|number))?|cvv2?|cvc|otp|2fa|ssn|social\s+security|passports?|seed\s+phrase|recovery\s+phrase|mother['’]?s\s+maiden|maiden\s+name|iban|routing\s+number`,
        String.raw`(?:sms|text|verification|confirmation|security|one[\s-]time|login|access|auth\p{L}*|telegram|six[\s-]digit|four[\s-]digit|\d-digit)\s+codes?`,
        String.raw`(?:${say})\s+(?:[^.!?\n]{0,30}\s)?(?:the\s+|your\s+)?(?:codes?|digits|logins?|credentials|(?:\p{L}+\s+)?(?:api|access|auth|bot)?\s*tokens?|api\s+keys?|private\s+keys?|secret\s+(?:word|question|key))`,
        String.raw`(?:card|account|id|identity|licen[cs]e|document|tax)\s+(?:number|details|data|scan|photo|info\p{L}*)|(?:credit|debit|bank|id|identity)\s+cards?|your\s+card|bank\s+account|driver['’]?s?\s+licen[cs]e|date\s+of\s+birth|national\s+id`,
        String.raw`anydesk|teamviewer|rustdesk|энидеск|тимвьювер|(?:скач|установ|загруз)\p{L}*\s+(?:[^.!?\n]{0,20}\s)?(?:приложени|файл|программ|apk)\p{L}*|(?:install|download)\s+(?:[^.!?\n]{0,20}\s)?(?:app|file|apk|program|software)`,
      ),
      words(
        String.raw`(?:кодов|контрольн|секретн|проверочн)\p{L}+\s+(?:слов|фраз|вопрос|код|числ)\p{L}*|\p{L}{3,}значн\p{L}+\s+(?:код|числ|номер|парол)\p{L}*|(?:скан|копи|разворот|селфи|снимок|фото\p{L}*)\p{L}*\s+(?:с\s+)?(?:паспорт|документ|прав|удостовер|карт)\p{L}*|прописк\p{L}+|инн|огрн|полис\p{L}*|личн\p{L}+\s+кабинет\p{L}*\s*[,:]|доступ\p{L}*\s+(?:в|к|от)\s+(?:\p{L}+\s+){0,2}?(?:кабинет|банк|почт|аккаунт|crm|amocrm|систем)\p{L}*|логин\p{L}*\s+(?:и|с)\s+парол\p{L}*|дат[уа]\s+рождени\p{L}+|код\s+с\s+(?:оборота|обратной)\p{L}*`,
        String.raw`(?:four|five|six|\d|[a-z]+)[\s-]digits?(?:\s+(?:number|code|pin))?|secret\s+(?:word|phrase|code|question|answer|key)s?|code\s*words?|driving\s+licen[cs]e|tax\s+(?:number|id|code)|(?:admin|your|the|bank|email|e-mail)\s+(?:login|log-in|credentials)|(?:scan|copy|photo|picture|selfie|snap)\s+(?:of|with)\s+(?:your\s+|the\s+|an?\s+)?(?:\p{L}+\s+)?(?:id|passport|licen[cs]e|card|document)s?|birth\s+date|your\s+birthday|national\s+insurance`,
      ),
      words(
        String.raw`(?:insurance|policy|tax|account|document|passport|social|taxpayer)\s+(?:\p{L}+\s+)?numbers?|health\s+card|(?:security|memorable|safe)\s+(?:word|phrase|answer)s?`,
      ),
      words(
        String.raw`push(?:-уведомлени|-сообщени|-код)?\p{L}*|пуш\p{L}*|(?:уведомлени|сообщени)\p{L}+\s+(?:от|из)\s+банка|(?:bank|push)\s+(?:\p{L}+\s+)?(?:notification|message|alert)|(?:notification|message|text)\s+from\s+(?:your|the)\s+bank|(?:four|three|six|\d)\s+digits\s+on`,
      ),
    ],
    together: [
      copiesAsked,
      [
        words(String.raw`карт(?:а|у|ы|ой)|карточк\p{L}+`),
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
        words(
          String.raw`codes?|digits|credentials|logins?|id\s+document|licen[cs]e|passphrase|(?<!(?:no|a)\s)secret`,
        ),
        words(say, String.raw`let\s+me\s+have|upload|hand\s+over|i['’]?ll\s+need`),
      ],
    ],
    excuses: ['denied'],
    examples: { ru: 'Назовите пароль от почты', en: 'Tell me the code from the text message' },
  },
]
