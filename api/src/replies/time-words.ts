import { amount } from './number-words.ts'

/** Hours and waits, in digits and words: sources of patterns over lower case. */
export const atHours = [
  String.raw`(?:в|к|около|at|do|around)\s+(?:[01]?\d|2[0-3])-[0-5]\d(?=\s*(?:[.,!?;]|$|или|or|и|and|подойд|удобн|works))`,
  String.raw`(?:the|on|until|by)\s+\d{1,2}(?:st|nd|rd|th)(?=\s*(?:[.,!?;]|$|of\s|at\s|then|works))`,
  String.raw`(?:${amount})\s+(?:утра|вечера|ночи|пополудни|in\s+the\s+(?:morning|evening|afternoon))`,
  String.raw`(?:в|к|около|после|часиков\s+в)\s+(?:час|два|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать|\d{1,2})\s+(?:(?:я|мы|вам|вас)\s+)?(?:наберу|позвоню|буду|приду|приходите|звоните|встретимся|созвонимся|увидимся|начн[её]м|ждите|жду|годится|давайте|нормально|ок|сможете|получится)`,
  String.raw`\d{1,2}\s*(?:[:.hч]|-(?=\d{2}(?!\d)\s*(?:ч|мск|утра|дня|вечера|am|pm)))\s*[0-5]\d(?:\s*(?:min|мин))?`,
  String.raw`(?:1?\d|2[0-4])\s*(?:[ap]\.?m\.?|h|ч\.?|час(?:а|ов|ам)?|hrs?|o['’]?clock)`,
  String.raw`(?:пол|в\s+половин[еу]\s+|половин[ауе]\s+)(?:перв|втор|треть|четв[её]рт|пят|шест|седьм|восьм|девят|десят|одиннадцат|двенадцат)\p{L}+`,
  String.raw`без\s+(?:четверти|минуты|${amount})\s+(?:минут\s+)?(?:час|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать|полдень|\d{1,2})`,
  String.raw`(?:четверть|пять|десять|двадцать)\s+(?:минут\s+)?(?:перв|втор|треть|четв[её]рт|пят|шест|седьм|восьм|девят|десят|одиннадцат|двенадцат)ого`,
  String.raw`(?:в|к|на|около|после|до|с)\s+(?:полдень|полудн\p{L}+|полночь|полуночи|обеде?|восемь|девять|десять|одиннадцать|двенадцать|тринадцать|четырнадцать|пятнадцать|шестнадцать|семнадцать|восемнадцать|девятнадцать|двадцать)(?=\s*(?:[.,!?;]|$|ноль|тридцать|пятнадцать|сорок|утра|вечера|дня|час|ровно|подойд|удобн|устро))`,
  String.raw`в\s+(?:час|два|три|четыре|пять|шесть|семь|восемь)(?=\s*(?:[.,!?;]|$|утра|дня|ночи|вечера|подойд|удобн|устро|пополудни|ровно))`,
  String.raw`(?:${amount})\s+(?:ноль[\s-]ноль|час(?:а|ов)?\s+(?:утра|дня|вечера|ночи|ровно))`,
  String.raw`(?:перед\s+обедом|(?:в|к)\s+обеду?)|полдень|noon|midday|midnight`,
  String.raw`(?:half|quarter|ten|five|twenty)(?:\s+minutes?)?\s+(?:past|to|till|before|after)\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})(?!\s*(?:people|sellers|%|teams|members|users|managers|\d))(?=\s*(?:[.,!?;]|$|in|on|tomorrow|works|is|sharp|today))`,
  String.raw`half\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)`,
  String.raw`(?:at|by|around|about|before|after|till|until)\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|seventeen|eighteen)(?:[\s-](?:thirty|fifteen|forty[\s-]five|hundred|sharp))?(?=\s*(?:[.,!?;]|$|in\s+the|on\s|tomorrow|works|is|sharp|today|pm|am|then))`,
  String.raw`(?:seven|eight|nine|ten|eleven|twelve|one|two|three|four|five|six)\s*(?:[ap]\.?m\.?|thirty|o['’]?clock)`,
  String.raw`(?:завтра|завтрашн\p{L}+|послезавтра|tomorrow|tomorow|tmrw|tmr)`,
  String.raw`(?:в|к|около|после|до|с|ровно\s+в|часик\p{L}*\s+в|в\s+районе)\s+(?:час[ау]?|двух|трёх|трех|четырёх|четырех|пяти|шести|семи|восьми|девяти|десяти|одиннадцати|двенадцати)(?=\s*(?:[.,!?;]|$|часов|утра|вечера|дня|завтра|подойд|удобн|устро|наберу|позвон|жд))`,
  String.raw`(?:тринадцать|четырнадцать|пятнадцать|шестнадцать|семнадцать|восемнадцать|девятнадцать|двадцать)\s+(?:ноль|ноль-ноль|пятнадцать|тридцать|сорок(?:\s+пять)?)(?=\s*(?:[.,!?;]|$|подойд|удобн|устро))`,
  String.raw`(?:[1-9]|1\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|noon)[\s-]?ish|(?:at|around)\s+lunch(?:\s?time)?|[01]\d[0-5]\d\s+hours|at\s+(?:dawn|sunset|breakfast)|on\s+the\s+hour|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\s-](?:fifteen|thirty|forty|forty[\s-]five|oh[\s-]five)(?=\s*(?:[.,!?;]|$|on|works|sharp|then))`,
  String.raw`(?:кануне?|накануне)\s+(?:рождеств|нового)\p{L}*|christmas\s+(?:eve|day)|(?:meet|talk|call|speak|see\s+you|book\p{L}*|start|launch|ready|done|finish\p{L}*)\s+(?:\p{L}+\s+){0,4}?christmas|new\s+year['’]?s?\s+(?:eve|day)|под\s+новый\s+год`,
  String.raw`через\s+(?:полчас(?:а|ика)|(?:пару?\s+|пол|полтора\s+|несколько\s+|${amount}\s+)?(?:час(?:а|ов|ик|иков|ика)?|минут(?:у|ы|ку|очку|ок)?|дн(?:я|ей)|день|ден[её]к))`,
  String.raw`(?:минут|час|часик|часа|часов|дней|дня)\s+через\s+${amount}`,
  String.raw`in\s+(?:${amount}|a\s+(?:few|couple\s+of))\s+(?:minutes?|mins?)|within\s+the\s+hour`,
  String.raw`an\s+hour\s+from\s+now|(?:hours?|minutes?|days?)\s+from\s+now|in\s+(?:half\s+an\s+hour|an\s+hour|(?:${amount}|a\s+(?:few|couple\s+of))\s+(?:hours?|days?))`,
]

/** Days, dates, months with a day or a preposition. */
export const atDays = [
  String.raw`on\s+the\s+(?:first|second|third|[a-z]+th|(?:twenty|thirty)[\s-](?:first|second|third|[a-z]+th))(?=\s*(?:[.,!?;]|$|of\s|at\s|then))`,
  String.raw`(?:на|под|после|до)\s+(?:новый\s+год|нового\s+года|рождеств\p{L}+|пасх\p{L}+|праздник\p{L}+)|new\s+year['’]?s?(?:\s+(?:eve|day))?|easter|thanksgiving`,
  String.raw`(?:двадцать|тридцать)\s+(?:перв|втор|треть|четв[её]рт|пят|шест|седьм|восьм|девят)(?:ого|ое|ье|его)(?=\s*(?:[.,!?;]|$|в\s|числа|устро|подойд))`,
  String.raw`(?:понедельник|вторник|четверг|пятниц|суббот|воскресен)\p{L}*|(?:в|на|до|к|по|эту|со?|следующ\p{L}+)\s+сред[уыеа]м?|среда`,
  String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)days?`,
  String.raw`(?:январ|феврал|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр)(?:[яьеюи]|[ея]м|ём|[ауе]|ом)?|марта?|марте|мая|мае`,
  String.raw`\d{1,2}\s*(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?\.?\s+(?:the\s+)?(?:\d{1,2}|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[a-z]+teenth|twent[a-z]+|thirt[a-z]+)\p{L}*`,
  String.raw`(?:first|second|third|[a-z]+th)\s+of\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)|(?:in|on|by|until|till|this|next)\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)`,
  String.raw`(?:перв|втор|треть|четв[её]рт|пят|шест|седьм|восьм|девят|десят|\p{L}{2,8}надцат|двадцат|тридцат)(?:ого|его|ое|ье)\s+числа|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}`,
]
