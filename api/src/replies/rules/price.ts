import { compilePattern, words } from '../compile-pattern.ts'
import { amount, bareAmount, bigAmount } from '../number-words.ts'
import type { ReplyRule } from '../reply-rule.ts'

const sums = String.raw`(?:сотк|сотн|тысяч|тыщ|штук|косар|миллион|лям|полтинник|пятихатк|червон|стольник)\p{L}*`

const moneyNamed = [
  words(
    String.raw`полтинник\p{L}*|полтос\p{L}*|червон(?:ец|ц\p{L}+)|пятихат\p{L}*|стольник\p{L}*|(?:обойд|выйд|выход|вста|стан)\p{L}+\s+(?:\p{L}+\s+){0,3}?(?:в|на)\s+(?:\p{L}+\s+)?${sums}`,
    String.raw`tenners?|fivers?|(?:fifty|hundred|thousand|twenty|thirty|forty|sixty|seventy|eighty|ninety|\d+)\s+(?:a|per)\s+(?:head|month|week|day|seat|pop|year|user)|(?:a|one|two|three|four|five|six|seven|eight|nine|ten|couple\s+of|few|half\s+a)\s+grand|couple\s+of\s+(?:hundred|thousand)(?!\s+(?:people|leads?|requests?|clients?|customers?|messages?|calls?|chats?|orders?|deals?|contacts?|sellers?|users?))`,
  ),
]

export const priceRules: ReplyRule[] = [
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
    excuses: ['their numbers'],
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
    name: 'how much it costs, in words, which is not in the knowledge',
    find: [
      words(
        // little, less than others
        String.raw`недорог\p{L}*|деш[её]в\p{L}*|удешев\p{L}+|копе(?:йк|еч|ек)\p{L}*|грош\p{L}+|(?:смешн|символическ|небольш|скромн|посильн|разумн|приемлем|доступн|подъёмн|плёвы|плевы|сущ)\p{L}*\s+(?:сумм|деньг|цен|стоимост|тариф|мелоч|ерунд|бюджет|плат|затрат|вложени)\p{L}*|(?:сумм|цен|ценник|бюджет|стоимост|затрат|вложени)\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:смешн|символическ|небольш|скромн|посильн|разумн|приемлем|доступн|минимальн|копееч|меньш|ниже|невысок|низк|приятн|порад|удив|не\s+(?:напуг|удар|кус|заметите|почувств))\p{L}*|(?:ниже|меньше|дешевле)\s+(?:рынк|рыночн|средн|конкурент|чем\s+у|остальн|друг)\p{L}*|по\s+карману|не\s+(?:почувству|ощут|замет)\p{L}+|неощутим\p{L}*|незаметн\p{L}+\s+для\s+(?:вас|бюджет|кошельк)\p{L}*|процент\p{L}*\s+(?:от|с)\s+(?:сдел|продаж|прибыл|выручк|оборот|кажд)\p{L}*|кусается|кусаются|сущ\p{L}+\s+(?:мелоч|пустяк|ерунд)\p{L}*`,
        String.raw`ценник\p{L}*|прайс\p{L}*|по\s+деньгам|расценк\p{L}+|чашк\p{L}+\s+кофе|стоимост\p{L}+\s+(?:обеда|кофе|пиццы|айфона)|(?:цен[аеуы]|стоимость|как)\s+(?:\p{L}+\s+)?(?:обед|кофе|пицц|айфон|телефон|такси|ужин|поход)\p{L}*|(?:пар[аыу]|половин\p{L}+|один|два|три|${amount})\s+(?:оклад|зарплат)\p{L}*|сопоставим\p{L}*\s+с\s+\p{L}+|(?:как|меньше|с|дешевле)\s+(?:одн\p{L}+\s+)?(?:зарплат|оклад)\p{L}*`,
        String.raw`(?:tiny|small|modest|low|lower|lowest|ridiculous|symbolic|fair|affordable|reasonable|tidy|negligible|laughable|minimal|sensible)\s+(?:\p{L}+\s+)?(?:sums?|prices?|fees?|costs?|amounts?|money|figures?|rates?|budgets?|investment|outlay)|(?:sum|price|fee|cost|amount|money|figure|rate|budget|investment)s?\s+(?:\p{L}+\s+){0,2}?(?:is|are|will\s+be|would\s+be|stays?|gets?)\s+(?:\p{L}+\s+)?(?:tiny|small|modest|low|lower|symbolic|fair|affordable|reasonable|negligible|laughable|minimal|sensible|below|under|less|nothing|pleasant|smaller)|inexpensive\p{L}*|cheap\p{L}*|affordable|(?:price|value)\s+of\s+(?:an?|one|your|two)\s+\p{L}+|(?:below|under|beats?|beat)\s+(?:the\s+)?(?:market|average|every\p{L}*|anyone|any\s+other|all\s+(?:the\s+)?other|competit\p{L}+)|costs?\s+(?:you\s+)?(?:\p{L}+\s+)?less|rates?\s+(?:is|are)\s+(?:\p{L}+\s+){0,3}?(?:soft\p{L}*|low\p{L}*|half|twice)|peanuts|percentage\s+of\s+(?:your|each|every|the)\s+\p{L}+|(?:not|never|n['’]t)\s+(?:even\s+)?(?:feel|notice)\s+(?:it|the\s+(?:cost|price))|in\s+your\s+(?:wallet|pocket)|pocket\s+money|pennies|barely\s+notice|won['’]?t\s+(?:break\s+the\s+bank|notice)|(?:a|one|two|half\s+a)\s+(?:manager|seller|rep)['’]?s?\s+(?:salary|wages?|pay)|(?:lunch|coffee|pizza|dinner|taxi)\s+(?:a|per)\s+(?:day|week|month)`,
      ),
      words(
        // a better bargain
        String.raw`(?:скос|срез|уреж|обруб|отмин|скощ)\p{L}*\s+(?:\p{L}+\s+)?(?:тридцатк|двадцатк|десятк|половин|треть|четверть|цен|стоимост|процент)\p{L}*|по-братски|полюбовно|по-дружески|по-свойски|по\s+(?:знакомству|дружбе|блату)|уступ(?:лю|им|ить|ка|ки|ку|аем|аю)|торг(?:уемся|оваться|уместен)?|сторгу\p{L}+|сойд[её]мся|сбав\p{L}+|скостим|скощу|(?:меньш|друг|ниж|приятн)\p{L}+\s+(?:цифр|цен|сумм|ставк)\p{L}*|(?:выбью|выб(?:ить|ьем|ьём)|сделаю|сделаем|выпрошу|добьюсь|предложу|дам|дадим|будут)\s+(?:\p{L}+\s+){0,2}?(?:услови|ставк|предложени)\p{L}*|услови\p{L}+\s+(?:\p{L}+\s+)?(?:получше|лучше|помягче|мягче|выгодн\p{L}+|особ\p{L}+|индивидуальн\p{L}+)|(?:мягк|выгодн|индивидуальн|отдельн|особ|льготн|спец)\p{L}*\s+(?:услови|прайс|тариф|ставк)\p{L}*|спецуслови\p{L}*|(?:больше|меньше|дороже|столько\s+же)\s+(?:\p{L}+\s+)?(?:не\s+)?(?:за)?плат\p{L}+|плат\p{L}+\s+(?:\p{L}+\s+)?(?:меньше|больше|вдвое|втрое|дешевле)|по\s+(?:старой|прошлогодней|прежней|себестоимости)(?:\s+цен\p{L}+)?|с?экономи(?:те|м|шь)\s+(?:\p{L}+\s+){0,2}?(?:деньг|денег|бюджет|зарплат|реклам|${amount}|половин|треть|кучу|много)\p{L}*`,
        String.raw`sweeten\p{L}*|(?:mates?|friends?|buddy|family)['’]?s?\s+rates?|pull\s+(?:some\s+)?strings|bargain\p{L}*|haggl\p{L}*|negotiable|(?:meet|settle|agree)\s+(?:\p{L}+\s+)?(?:at|on)\s+(?:a\s+)?(?:\p{L}+\s+)?(?:figure|price|number|sum)|(?:better|softer|easier|favou?rable|nicer|individual|preferential|special)\s+(?:\p{L}+\s+)?(?:terms|conditions|rates?)|pays?\s+(?:\p{L}+\s+)?(?:less|more|half|double|twice)|old\s+(?:price|rate)s?|at\s+cost(?=\s*[.,!]|$)|sav(?:e|es|ing)\s+(?:\p{L}+\s+){0,3}?(?:money|cash|bucks|thousands?|hundreds?|fortune|half|budget|salary|percent|a\s+lot|on\s+(?:ads|salaries|wages))`,
      ),
    ],
    unlessKnown: true,
    excuses: ['denied', 'their ways', 'their wish', 'left to a human'],
    examples: { ru: 'Цена у нас ниже рынка', en: 'Our rates beat the market' },
  },
]
