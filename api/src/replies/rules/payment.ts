import { words } from '../compile-pattern.ts'
import { amount } from '../number-words.ts'
import type { ReplyRule } from '../reply-rule.ts'

const sums = String.raw`(?:сотк|сотн|тысяч|тыщ|штук|косар|миллион|лям|полтинник|пятихатк|червон|стольник)\p{L}*`

const paymentAsked = [
  words(
    String.raw`залог\p{L}{0,2}|предоплатк\p{L}*|с\s+вас\s+(?:\p{L}+\s+){0,2}?(?:${amount}|${sums})|символическ\p{L}+\s+(?:тысяч|сумм|плат|взнос)\p{L}*`,
    String.raw`(?:закин|скин|отправ|перевед|подкин)\p{L}+\s+(?:[^.!?\n]{0,20}\s)?${sums}|(?:эпл|гугл|самсунг)\s?п[эе]й|плат[её]жн\p{L}+\s+(?:ссылк|форм|страниц|данн)\p{L}*|в\s+шапке(?:\s+профиля)?|ссылк\p{L}+\s+в\s+(?:профил|био|описани)\p{L}*`,
    String.raw`банковск\p{L}+\s+перевод\p{L}*|(?:после|жд[её]м|ждать|сделайте)\s+(?:вашего\s+)?перевод\p{L}*|деньг\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:отправ|перев|перечисл|скин|кида)\p{L}+|по\s+номеру\s+сч[её]та`,
    String.raw`сч[её]т\s+(?:во?\s+вложени|прилага|ниже|прикреп)\p{L}*`,
    String.raw`(?:apple|google|samsung|mir)\s?pay|sort\s+code|bank\s+transfer|settle\s+(?:up|it|this|that|now)|invoice\s+(?:is\s+)?(?:attached|below|enclosed)|holding\s+fee|token\s+(?:sum|amount|payment)|link\s+(?:is\s+)?in\s+(?:my|the|our)\s+(?:bio|profile|stories)|pay\s+(?:there|it|up)`,
    String.raw`(?:wire|transfer|remit|venmo|zelle|paypal|revolut)\s+(?:it|this|that|me|us|over|the\s+\p{L}+)|account\s+(?:on|in)\s+the\s+invoice|(?:put|lay|send)\s+down\s+(?:an?|the|some)\s+\p{L}+`,
  ),
]

export const paymentRules: ReplyRule[] = [
  {
    name: 'a request for payment',
    find: [
      ...paymentAsked,
      words(
        String.raw`отблагодар\p{L}+|сколько\s+не\s+жалко|на\s+бочку|благодарност\p{L}+\s+(?:вперёд|вперед|заранее)|подкин\p{L}+|скинемся|раскошел\p{L}+|рассчит[аы]\p{L}+(?:сь|ся)|рассчита(?:ться|емся|етесь|йтесь)|(?:сначала|вперёд|вперед|потом|сразу|после|до|наличн\p{L}+|полн\p{L}+)\s+расч[её]т\p{L}*|расч[её]т\p{L}*\s+(?:\p{L}+\s+)?(?:вперёд|вперед|сразу|потом|наличн\p{L}+|на\s+месте|после)|(?:небольш|маленьк|символическ|быстр|любого)\p{L}*\s+перевод\p{L}*|перевод\p{L}*\s+(?:на\s+сч|средств|от\s+вас)\p{L}*|деньги\s+(?:вперёд|вперед|сразу|потом|сейчас|принимаем|берём|жд[её]м|готовьте)|принима(?:ем|ю)\s+(?:\p{L}+\s+)?(?:карт|деньг|налич|крипт|перевод|оплат|любую\s+валют)\p{L}*|(?:выставлю|выставим|пришлю|скину|вышлю)\s+(?:\p{L}+\s+){0,2}?(?:сч[её]т|инвойс|чек)(?!\p{L})`,
        String.raw`chip\s+in|thank\s+us\s+later|thank-?\s?you\s+in\s+advance|whatever\s+you\s+feel\s+is|on\s+the\s+(?:table|barrel|nail)|cough\s+up|bank\s+(?:details|info\p{L}*|data)|(?:money|cash|funds)\s+(?:first|up\s+front|now|in\s+advance|down|ready)|settle\s+(?:up|the|your|later|once|when|with)|(?:small|quick|tiny|symbolic|little)\s+(?:transfer|payment|sum|contribution)|(?:after|upon|on|with)\s+(?:an?\s+|the\s+|your\s+)?(?:\p{L}+\s+)?transfer|half\s+(?:now|up\s+front|first|on\s+\p{L}+)|(?:we|i)\s+(?:\p{L}+\s+)?(?:take|accept)\s+(?:\p{L}+\s+)?(?:cards?|cash|crypto|transfers?|money|gift|any\s+currency)|(?:i['’]ll|i\s+will|we['’]ll|let\s+me)\s+(?:\p{L}+\s+)?(?:send|drop|issue|email|forward)\s+(?:\p{L}+\s+){0,2}?(?:invoice|bill|account\s+\p{L}+)`,
      ),
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
]
