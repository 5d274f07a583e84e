import { compilePattern } from './compile-pattern.ts'

const hour = String.raw`(?:[01]?\d|2[0-4])(?![\d.,:%]*\d|\s*%)`
const hourRu =
  '(?:час|дв[ау]х?|тр[иеё]х?|четыр[её]х?|четыре|пят[ьи]|шест[ьи]|сем[ьи]|вос[её]?м[ьи]|девят[ьи]|десят[ьи]|одиннадцат[ьи]|двенадцат[ьи])'
const hourEn = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)'
// What follows an hour, while a quantity ("in 3 cities") has its noun there.
const endRu = String.raw`(?=\s*(?:[.,!?;:)…]|$|утра|вечера|дня|ночи|час(?:а|ов)?(?!\p{L})|по\s+(?:мск|москв|ваш|наш|местн|времени)|мск|или\s|и\s+(?:в\s+)?\d|завтра|послезавтра|сегодня|(?:вас|вам)\s|жд|удобн|подойд|подход|устро|свобод|можно|можем|встре|созвон))`
const endEn = String.raw`(?=\s*(?:[.,!?;:)…]|$|o'clock|oclock|sharp|tomorrow|today|tonight|in\s+the|on\s+(?:the|mon|tue|wed|thu|fri|sat|sun)|or\s|and\s+\d|then|works?|would|is\s+(?:free|fine|ok)|your\s|my\s|moscow|london|[ecp]t\b))`
const dayRu = '(?:послезавтра|завтра|сегодня)'
const dayEn = '(?:(?:the )?day after tomorrow|tomorrow|today|tonight)'

const pieces = [
  // завтра в 15, завтра после трёх, завтра утром
  String.raw`(?<!\p{L})${dayRu}\s*,?\s*(?:(?:ровно|примерно|где-то)\s+)?(?:(?:в|к|на|около|после|до|с)\s+)?(?:${hour}${endRu}|${hourRu}(?!\p{L}))`,
  String.raw`(?<!\p{L})${dayRu}\s*,?\s+(?:с утра|утром|днем|днём|вечером|ночью|(?:после|до|в)\s+обеда?|в\s+полдень|к\s+вечеру)(?!\p{L})`,
  // жду вас в 15; в три часа; в полпятого
  String.raw`(?<!\p{L})(?:в|к|около|после|ровно в)\s+${hour}${endRu}`,
  String.raw`(?<!\p{L})на\s+${hour}(?=\s*(?:[.,!?;:)…]|$|утра|вечера|дня|час(?:а|ов)(?!\p{L})|завтра|послезавтра|сегодня))`,
  String.raw`(?<!\p{L})${hour}\s*(?:утра|вечера|ночи)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:в|к|около|после)\s+${hourRu}(?:\s+час(?:а|ов)?)?\s*(?:утра|дня|вечера|ночи|завтра|сегодня|послезавтра)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:в|к|около|после)\s+${hourRu}\s+час(?:а|ов)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:пол|в половин[еу] )(?:первого|второго|третьего|четвертого|четвёртого|пятого|шестого|седьмого|восьмого|девятого|десятого|одиннадцатого|двенадцатого)(?!\p{L})`,
  String.raw`(?<!\p{L})без\s+(?:четверти|пяти|десяти|двадцати)\s+${hourRu}(?!\p{L})`,
  // a day as a promise, an abbreviated weekday, a day of the month
  String.raw`(?<!\p{L})(?:записал|забронировал|назначил|жд[уё]м?)\p{L}*\s(?:[^.!?\n]{0,30}\s)?${dayRu}(?!\p{L})`,
  String.raw`(?<!\p{L})${dayRu}\s+(?:вас\s+)?жд[уё]`,
  String.raw`(?<!\p{L})(?:пн|вт|ср|чт|пт|сб|вс)(?!\p{L})`,
  String.raw`(?<!\d)\d{1,2}(?:-го(?!\p{L})|\s+числа(?!\p{L}))`,
  // tomorrow at 3, tomorrow morning
  String.raw`\b${dayEn},?\s+(?:(?:at|around|about|by|after|before|from)\s+)?(?:${hour}${endEn}|${hourEn}\b|noon\b|midday\b)`,
  String.raw`\b${dayEn},?\s+(?:in the\s+)?(?:morning|afternoon|evening|night|after lunch|at lunch)\b`,
  String.raw`\b(?:at|around|by|after|before)\s+(?:${hour}|${hourEn}\b)${endEn}`,
  String.raw`\b(?:\d{1,2}|${hourEn})\s+o'?clock\b`,
  String.raw`\b(?:half past|quarter (?:past|to))\s+(?:\d|${hourEn})`,
  String.raw`\b(?:\d{1,2}|${hourEn})\s+in the (?:morning|afternoon|evening)\b`,
  String.raw`\b(?:at|by|before|after)\s+(?:noon|midday|midnight)\b`,
  String.raw`\b(?:booked|scheduled|see you|expect you|put you down|talk to you)\s(?:[^.!?\n]{0,30}\s)?${dayEn}\b`,
  String.raw`\b(?:on\s+(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)|(?:mon|tues?|wed|thu(?:rs?)?|fri)\.?,?\s+(?:at\s+)?\d{1,2})\b`,
  String.raw`\bon the\s+\d{1,2}(?:st|nd|rd|th)\b`,
]

/** Times that a text names in words or digits: "завтра в 15", "tomorrow at 3". Quantities ("в 3 городах") are none. */
export const ownTimes = compilePattern(pieces.join('|'))

/** Hours from and to, as businesses name theirs: "с 10 до 19", "from 9 to 6", "9-18". */
export const ownHours = compilePattern(
  String.raw`(?<!\p{L})с\s+${hour}\s+до\s+${hour}${endRu}|(?<!\p{L})с\s+${hour}\s+до\s+${hour}(?=\s+(?:по\s|в\s|ежедн|без\s))|(?<!\p{L})(?:from|between)\s+${hour}\s+(?:to|and|till|until)\s+${hour}${endEn}`,
)
