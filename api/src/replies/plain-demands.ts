import { words } from './compile-pattern.ts'
import { amount, numberWord } from './number-words.ts'

/** The demands of reply-rules.ts in everyday words, where no code, card or payment is called by its name. */

const sums = String.raw`(?:сотк|сотн|тысяч|тыщ|штук|косар|миллион|лям|полтинник|пятихатк|червон|стольник)\p{L}*`

export const codesAsked = [
  words(
    String.raw`то,?\s+что\s+(?:\p{L}+\s+){0,3}?(?:при[шс]л\p{L}+|прид[её]т|отправил\p{L}*|высветил\p{L}*|появил\p{L}*|отобраз\p{L}+)(?:\s+[^.!?\n]{0,40})?`,
    String.raw`(?:назов|скаж|пришл|введ|продикт|напиш)\p{L}*\s+(?:\p{L}+\s+)?комбинаци\p{L}*|(?:мобильн|интернет|онлайн)\p{L}*[\s-]банк\p{L}*|удал[её]нн\p{L}+\s+(?:доступ|рабоч)\p{L}*|(?:number|digits|figures|code)\s+(?:in|from)\s+(?:the|your|that)\s+(?:text|sms|message)`,
    String.raw`(?:при[шс]л\p{L}+|прид[её]т|придут)\s+(?:[^.!?\n]{0,40}\s)?(?:банк\p{L}*|цифр\p{L}*|знак(?:а|ов|и)?|символ\p{L}*|с\s+(?:номером|кодом))`,
    String.raw`банк\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:прислал|выдал|дал|отправил)\p{L}*`,
    String.raw`(?:три|четыре|пять|шесть|последн\p{L}+|\d)\s+(?:\p{L}+\s+)?(?:знак|символ|цифр)\p{L}*\s+(?:из|с|от|на)`,
    String.raw`пин(?:а|у|ом)?|пасс(?:ы|а|ом|ворд\p{L}*)?|qr(?:-?код\p{L}*|\s+code)?|куар\p{L}*`,
    String.raw`(?:включ|запуст|откр)\p{L}+\s+(?:[^.!?\n]{0,30}\s)?(?:демонстраци\p{L}+|показ\s+экрана|(?:мобильн|интернет|онлайн)\p{L}*[\s-]банк\p{L}*|банковск\p{L}+\s+приложени\p{L}*)`,
    String.raw`доступ\p{L}*\s+(?:к|на)\s+(?:\p{L}+\s+){0,2}?(?:стол|компьютер|экран|ноутбук|телефон|устройств)\p{L}*`,
    String.raw`(?:numbers?|figures?|digits?|letters|characters)\s+(?:on|by|at|from|next\s+to|near)\s+(?:the|your)\s+(?:\p{L}+\s+){0,3}?(?:back|signature|strip|card|front)`,
    String.raw`(?:share|sharing|show)\s+your\s+screen|screen[\s-]sharing|(?:online|mobile|internet)\s+bank\p{L}*|bank(?:ing)?\s+app|remote\s+(?:access|control|desktop|session)`,
    String.raw`bank\s+(?:\p{L}+\s+){0,2}?(?:gave|sent|sends|texted|text|issued)|(?:\p{L}+|\d)[\s-](?:character|letter|figure)\s+(?:message|text|code)`,
    String.raw`security\s+question|verification\s+(?:text|message|sms|number)|(?:digits|numbers|code)\s+you\s+(?:just\s+)?(?:got|received|get|see)|log[\s-]?in\s+(?:plus|and|\+|with)\s+pass\p{L}*|(?:admin|control)\s+panel`,
  ),
]
/** Copy it here, whatever came. */
export const copiesAsked: [RegExp, RegExp] = [
  words(
    String.raw`(?:перепиш|скопиру|продублиру|перешл|дублиру|набер|вбей|вбив|введи|встав)\p{L}*\s+(?:[^.!?\n]{0,40}\s)?(?:сюда|здесь|мне|нам|в\s+чат\p{L}*)`,
    String.raw`(?:copy|paste|repeat|forward|drop|read)\s+(?:[^.!?\n]{0,40}\s)?(?:here|me|back|to\s+us)`,
  ),
  words(
    String.raw`цифр\p{L}*|знак(?:а|ов|и)?|символ\p{L}*|номер\p{L}{0,3}|смс|sms|уведомлени\p{L}*|сообщени\p{L}*\s+(?:из|от|с)\s+\p{L}+|numbers?|digits?|figures?|characters?|bank|verification|sms`,
  ),
]

export const paymentAsked = [
  words(
    String.raw`залог\p{L}{0,2}|предоплатк\p{L}*|с\s+вас\s+(?:\p{L}+\s+){0,2}?(?:${amount}|${sums})|символическ\p{L}+\s+(?:тысяч|сумм|плат|взнос)\p{L}*`,
    String.raw`(?:закин|скин|отправ|перевед|подкин)\p{L}+\s+(?:[^.!?\n]{0,20}\s)?${sums}|(?:эпл|гугл|самсунг)\s?п[эе]й|плат[её]жн\p{L}+\s+(?:ссылк|форм|страниц|данн)\p{L}*|в\s+шапке(?:\s+профиля)?|ссылк\p{L}+\s+в\s+(?:профил|био|описани)\p{L}*`,
    String.raw`банковск\p{L}+\s+перевод\p{L}*|(?:после|жд[её]м|ждать|сделайте)\s+(?:вашего\s+)?перевод\p{L}*|деньг\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:отправ|перев|перечисл|скин|кида)\p{L}+|по\s+номеру\s+сч[её]та`,
    String.raw`сч[её]т\s+(?:во?\s+вложени|прилага|ниже|прикреп)\p{L}*`,
    String.raw`(?:apple|google|samsung|mir)\s?pay|sort\s+code|bank\s+transfer|settle\s+(?:up|it|this|that|now)|invoice\s+(?:is\s+)?(?:attached|below|enclosed)|holding\s+fee|token\s+(?:sum|amount|payment)|link\s+(?:is\s+)?in\s+(?:my|the|our)\s+(?:bio|profile|stories)|pay\s+(?:there|it|up)`,
    String.raw`(?:wire|transfer|remit|venmo|zelle|paypal|revolut)\s+(?:it|this|that|me|us|over|the\s+\p{L}+)|account\s+(?:on|in)\s+the\s+invoice|(?:put|lay|send)\s+down\s+(?:an?|the|some)\s+\p{L}+`,
  ),
]

export const moneyNamed = [
  words(
    String.raw`полтинник\p{L}*|полтос\p{L}*|червон(?:ец|ц\p{L}+)|пятихат\p{L}*|стольник\p{L}*|(?:обойд|выйд|выход|вста|стан)\p{L}+\s+(?:\p{L}+\s+){0,3}?(?:в|на)\s+(?:\p{L}+\s+)?${sums}`,
    String.raw`tenners?|fivers?|(?:fifty|hundred|thousand|twenty|thirty|forty|sixty|seventy|eighty|ninety|\d+)\s+(?:a|per)\s+(?:head|month|week|day|seat|pop|year|user)|(?:a|two|three|four|five|ten)\s+grand`,
  ),
]

export const freeOffered = [
  words(
    String.raw`ни\s+(?:одной\s+|одного\s+)?(?:копей|рубл|цент|грош)\p{L}*|(?:месяц|недел\p{L}*|день|период|старт|квартал|начало)\s+(?:за\s+(?:нами|нас|мной)|с\s+нас|на\s+нас)|ничего\s+(?:\p{L}+\s+){0,3}?(?:стоить|стоит|платить)|не\s+будет\s+(?:\p{L}+\s+)?стоить`,
    String.raw`без\s+(?:всякой|какой-либо|единой)\s+(?:плат|оплат|копейк)\p{L}+|подарок|подарк\p{L}+|за\s+сч[её]т\s+(?:фирмы|компании|заведения)`,
    String.raw`(?:won['’]?t|will\s+not|doesn['’]?t|does\s+not|never)\s+(?:set\s+you\s+back|cost\s+you|charge\s+you)(?:\s+\p{L}+){0,3}|(?:month|weeks?|fortnight|year|trial|start|quarter|lunch|round|set-?up)\s+(?:is\s+|are\s+|will\s+be\s+)?on\s+(?:me|us)|(?:set\s+you\s+back|cost\s+you|charge\s+you|take)\s+(?:not\s+)?(?:a\s+|one\s+|any\s+)?(?:single\s+)?(?:penny|cent|dime|nothing|thing)|not\s+(?:a|one)\s+(?:single\s+)?(?:dime|penny|cent)|zilch|nothing\s+to\s+pay|no\s+money\s+(?:is\s+)?(?:needed|required|down)|ден(?:ег|ьги)\s+не\s+(?:нуж|над|потребу|бер)\p{L}+`,
    String.raw`(?:gets?|receives?|wins?|earns?)\s+a\s+(?:present|gift|prize|bonus)|as\s+a\s+present`,
  ),
]

export const outcomePromised = [
  words(
    String.raw`(?:никак\p{L}+|нулев\p{L}+|без)\s+риск\p{L}*|риск\p{L}*\s+(?:нет|никак\p{L}+|нулев\p{L}+|ноль|исключ\p{L}+)|ничем\s+не\s+риску\p{L}+|ничего\s+не\s+теря\p{L}+|отобь[её]т\p{L}*|отобьют\p{L}*|окуп(?:ите|ает|аются|ается|ятся|ится|им)\p{L}*|прибыль\p{L}*\s+(?:пойд[её]т|будет|прид[её]т)|успех\p{L}*\s+(?:вам\s+)?обеспеч\p{L}+`,
    String.raw`вложени\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:верн|окуп|отобь)\p{L}+|(?:точно|только|обязательно)\s+выигра\p{L}+|(?:can|will|could)\s+only\s+(?:win|gain|profit)|(?:zero|no)\s+risks?|nothing\s+to\s+lose|recoup\p{L}*|break(?:s|ing)?\s+even|pays?\s+(?:it(?:self)?\s+)?back|(?:get|have|see|earn)\s+(?:\p{L}+\s+){0,2}?(?:investment|outlay)\s+back`,
  ),
]

export const contactsNamed = [
  words(
    String.raw`(?:найд|ищ|напиш|пиш|откро|добав|подпиш)\p{L}*\s+(?:[^.!?\n]{0,30}\s)?(?:бот(?:а|у|ом)?|канал(?:а|е|у)?(?!\s+(?:продаж|связи|привлеч|реклам|общени))|чат\s+поддержки)`,
    String.raw`(?:find|look\s+up|search\s+for|message|write\s+to|text|open|add|join)\s+(?:[^.!?\n]{0,30}\s)?(?:bot|channel)(?!\s+(?:for|of|strategy))|(?:find|look\s+up|search\s+for|look\s+for)\s+[^.!?\n]{2,40}\s(?:in|on)\s+telegram`,
    String.raw`(?:${numberWord}(?:\s+${numberWord}){0,3}\s+(?:точка|dot|point)\s+){2}${numberWord}`,
    String.raw`(?=(?:[\p{L}-]+[\s,]+){0,3}?(?:oh|double|triple|nought|plus|плюс|дважды))(?:(?:oh|double|triple|nought|plus|плюс|дважды|${numberWord})[\s,-]+){3,12}(?:oh|nought|${numberWord})`,
  ),
]

export const timesNamed = [
  words(
    String.raw`(?:for|at|by|to|until|around)\s+(?:half|quarter)(?:\s+(?:past|to))?(?=\s*(?:[.,!?]|$))`,
    String.raw`(?:ring|call|phone|text|buzz|there|write|back|message)\s+(?:you\s+)?in\s+(?:about\s+)?${amount}(?=\s*(?:[.,!?;]|$))`,
    String.raw`(?:наберу|позвоню|перезвоню|буду|напишу|позвоним|набер[её]м|созвонимся)\s+(?:[^.!?\n]{0,12}\s)?через\s+${amount}|(?:минут\p{L}*|час\p{L}{0,2})\s+через\s+${amount}|на\s+четверть(?=\s*(?:[.,!?]|$))`,
  ),
]
