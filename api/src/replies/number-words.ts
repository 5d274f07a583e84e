/** Numbers in words, any case of Russian; regular expression sources without boundaries. */
const ru = String.raw`(?:ноль|нол[яю]|од(?:ин|на|но|ну|ного|ной)|дв(?:а|е|ух|умя)|тр(?:и|[её]х|емя)|четыр(?:е|[её]х|ьмя)|пят(?:ь|и|ью)|шест(?:ь|и|ью)|сем(?:ь|и|ью)|вос(?:е?м|ьм)(?:ь|и|ью)|девят(?:ь|и|ью)|десят(?:ь|и|ью|ок|к[аи])|[а-яё]{2,8}надцат(?:ь|и|ью)|двадцат(?:ь|и|ью)|тридцат(?:ь|и|ью)|сорока?|пят(?:ь|и)десят|пятидесяти|шест(?:ь|и)десят|шестидесяти|сем(?:ь|и)десят|семидесяти|вос(?:е|ь)м(?:ь|и)десят|восьмидесяти|девяност[оа]|сто|ста|двести|двухсот|триста|тр[её]хсот|четыреста|пятьсот|пятисот|шестьсот|семьсот|восемьсот|девятьсот|девятисот|восьмисот|семисот|шестисот|четыр[её]хсот|полтор[аы]|полутора|тысяч\p{L}*|миллион\p{L}*|сот(?:ни|ню|ен))`
const en =
  '(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|grand|million)'

export const numberWord = `(?:${ru}|${en})`
/** One or more: "двадцать пять", "twenty-five", "15 000", "1.5". */
export const amount = String.raw`(?:\d(?:[\d\s.,]{0,14}\d)?|${numberWord})(?:[\s-]{1,3}(?:and\s+)?(?:${numberWord}|\d+)){0,6}`

const counted = String.raw`заявк|заявок|лид|клиент|покупател|заказчик|человек|люд|сотрудник|менеджер|продав|специалист|звонк|звонок|сообщени|вопрос|шаг|этап|вариант|част|канал|воронк|воронок|команд|город|стран|офис|филиал|компани|агентств|завод|школ|проект|минут|час|дн[яе]|день|недел|месяц|год|лет|раз|причин|пункт|секунд|способ|сдел|чат|тариф|план|диалог|встреч|календар|мессенджер|строк|lead|client|customer|buyer|people|person|seller|manager|member|team|employee|call|message|question|step|stage|option|part|channel|pipeline|cit|countr|office|compan|agenc|school|project|minute|hour|day|week|month|year|time|reason|point|second|way|deal|chat|plan|meeting|calendar|messenger|request|inquir|enquir|line`
/** An amount that counts nothing harmless: it may be money. */
export const bareAmount = String.raw`(?<![\p{L}\d.,])(?<!(?:заявок|лидов|клиентов|звонков|сообщений|менеджеров|продавцов|сделок|человек|вас|свыше|больше|over)\s)(?!(?:од(?:ин|на|но|ну|ного|ной)|one)(?!\p{L}))${amount}(?![\p{L}\d])(?![\s-]*(?:\d|${numberWord}|(?:(?!(?:в|за|на|an?|per|each|every)\s)\p{L}+\s+){0,2}?(?:${counted})(?!ly)))`

/** Hundreds and more that count nothing harmless. */
export const bigAmount = String.raw`(?=(?:\d{1,3}(?:[\s.,]\d{3})+|\d{3}|(?:${numberWord}[\s-]+){1,4}(?:тысяч|сот(?:ни|ен)|миллион|hundred|thousand|million|grand)|двести|двухсот|тр[иё]хсот|триста|четыреста|пятьсот|шестьсот|семьсот|восемьсот|девятьсот)(?!\s*год))${bareAmount}`
