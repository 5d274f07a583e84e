/**
 * Words of time for `time-quotes`, in the notation of `phrase`. `strong` names a time by itself; `weak` counts only where
 * a meeting is spoken of; `joins` may stand between two of them; `before` and `after` belong to the one they touch.
 */
const hourWords =
  'час|два|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать|двух|трех|четырех|пяти|шести|семи|восьми|девяти|десяти|одиннадцати|двенадцати'
export const hourWordsGenitive =
  'первого|второго|третьего|четвертого|пятого|шестого|седьмого|восьмого|девятого|десятого|одиннадцатого|двенадцатого'
const hourWordsEn = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve'
const months =
  'январ[яь]|феврал[яь]|марта?|апрел[яь]|ма[яй]|июн[яь]|июл[яь]|августа?|сентябр[яь]|октябр[яь]|ноябр[яь]|декабр[яь]'
const monthsEn =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const weekdays =
  'понедельник(?:а|у|ом)?|вторник(?:а|у|ом)?|сред(?:а|у|ы|е|ой)|четверг(?:а|у|ом)?|пятниц(?:а|у|ы|е|ей)|суббот(?:а|у|ы|е|ой)|воскресень(?:е|я|ю)|пн|вт|ср|чт|пт|сб|вс'
const weekdaysEn = '(?:mon|tues|wednes|thurs|fri|satur|sun)days?'
const shortWeekdaysEn = 'mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun'
const partOfDay = '(?: (?:утра|дня|вечера|ночи))?'
const clock = String.raw`\d{1,2}(?::\d{2}|[.-][0-5]\d| [0-5]\d(?!\d| ?(?:руб|тыс|%)))`
const clockEn = String.raw`\d{1,2}(?::\d{2})?`
const endOfHour = String.raw`(?=\s{0,9}(?:$|[,.!?;)\n-]|(?:и|или|но|а|по|мск|удобно|можно|можем|могу|смогу|сможем|подходит|подойдет|устроит|лучше|ок|нормально|созвон|давайте|в|завтра|сегодня|до)(?![\p{L}])))`
const endOfHourEn = String.raw`(?=\s{0,9}(?:$|[,.!?;)\n-]|(?:and|or|on|is|works|would|if|but|tomorrow|today|please|to|then|my|your|in|instead|suits|ok|fine|good|est|cet|pacific|utc|${weekdaysEn})(?![\p{L}])))`

export const timeWords = {
  strong: [
    'сегодня',
    'послезавтра',
    'зав?тр[ао]',
    'зафтра',
    `(?:в )?пол[ -]?(?:${hourWordsGenitive})`,
    weekdays,
    String.raw`\d{1,2}(?:-?го)? (?:${months})`,
    String.raw`\d{1,2}\.(?:0[1-9]|1[0-2])(?:\.\d{2,4})?`,
    String.raw`\d{1,2}-?го(?: числа)?`,
    '(?:на |в |до конца |в начале |в середине |середин[аеу] |конец |конц[ае] )?(?:этой|следующей|той|будущей) недел(?:е|и)',
    '(?:до |в |к )?(?:конц[аеу]|начал[аеу]|середин[аеу]) недели',
    'в следующем месяце',
    'в ближайшие (?:дни|пару дней)',
    'через (?:(?:пару|несколько|полтора|\\d+|один|два|две|три|четыре|пять) )?(?:минут[уы]?|полчаса|полтора часа|час(?:а|ов)?|дн(?:я|ей)|день|недел(?:ю|и|ь)|месяц(?:а|ев)?)',
    'минут через \\d+',
    '(?:на )?(?:(?:\\d+|полтора|один|два|две|три|пять|десять|пятнадцать|двадцать|тридцать) )?(?:полчас(?:а|ика?)|час(?:а|ов|ом|ика?)?|минут[уы]?|день|дня|дней|недел[юи]) (?:по)?(?:позже|раньше)',
    `(?:в|во|к|с|до|после|около|на|ближе к) ${clock}(?: час(?:а|ов))?${partOfDay}`,
    String.raw`\d{1,2}[:]\d{2}${partOfDay}`,
    String.raw`(?:в |к |с |до |после |около |на )?\d{1,2} (?:утра|дня|вечера|час(?:а|ов)?${partOfDay})(?! (?:в|за) (?:день|сутки|неделю|месяц))`,
    String.raw`(?:в|к|до|после|около|часов в|ближе к) \d{1,2}${endOfHour}`,
    String.raw`с \d{1,2}(?::\d{2})? до \d{1,2}(?::\d{2})?${partOfDay}`,
    String.raw`между \d{1,2}(?::\d{2})? и \d{1,2}(?::\d{2})?`,
    `(?:в|к|после|до|около) (?:${hourWords})(?: час(?:а|ов))(?:${partOfDay})`,
    `(?:в|к|после|до) час дня`,
    `(?:в|к|после|до|около) (?:${hourWords})${partOfDay}${endOfHour}`,
    `(?:в )?(?:половин[еу]|полови*) (?:${hourWordsGenitive})`,
    `без (?:четверти|пяти|десяти|двадцати) (?:${hourWords})`,
    `(?:в )?(?:пять|десять|четверть|двадцать|двадцать пять) (?:минут )?(?:${hourWordsGenitive})`,
    '(?:в|к|после|до) (?:полдень|полудня|полудню)',
    'today',
    'tonight',
    'the day after tomorrow',
    'tomorrow',
    '(?:tmrw|tmr|tomorow|tommorow|tommorrow)',
    `(?:next |this |on )?${weekdaysEn}`,
    `(?:on|next|this) (?:${shortWeekdaysEn})`,
    `(?:${shortWeekdaysEn})(?= (?:noon|morning|afternoon|evening|at|around|after|before))`,
    `(?:${shortWeekdaysEn}) (?:at )?\\d{1,2}(?::\\d{2})? ?(?:am|pm)?`,
    `thu|thurs|tue|tues|fri|(?:${shortWeekdaysEn})(?= (?:or|and) )`,
    '(?:early |late |later |(?:the )?(?:end|middle|beginning) of )?(?:(?:next|this|the following) (?:week|weekend|month))',
    '(?:by )?(?:the )?end of (?:the )?(?:day|week)',
    String.raw`in (?:half an hour|an hour|a (?:couple of|few) (?:hours|days|weeks)|a (?:day|week)|(?:\d+|two|three|four|five) (?:minutes|hours|days|weeks))`,
    '(?:a couple of|two|three|\\d+) (?:days|weeks) from (?:now|today|tomorrow)',
    '(?:half an|an?|one|two|three|fifteen|thirty|\\d+) (?:minutes?|mins?|hours?|days?|weeks?) (?:later|earlier|sooner)(?! than)',
    `(?:a couple of|two|three|\\d+) weeks from ${weekdaysEn}`,
    `(?:at|after|before|by|around|about|from|past|since)?(?: )?${clockEn} ?(?:am|pm|a\\.m\\.|p\\.m\\.|o'clock)`,
    `(?:at|after|before|by|around|about|past) ${clockEn}${endOfHourEn}`,
    String.raw`(?:from |between )?\d{1,2}(?::\d{2})? ?(?:am|pm)? ?(?:-|–|to|and) ?\d{1,2}(?::\d{2})? ?(?:am|pm)`,
    `(?:at|after|before|around) (?:${hourWordsEn})(?: o'clock)?${endOfHourEn}`,
    `(?:at )?(?:half|quarter)(?: past| to)? (?:${hourWordsEn})`,
    '(?:at |after |before |around )?(?:noon|midday|lunchtime|lunch)',
    String.raw`${monthsEn} \d{1,2}(?:st|nd|rd|th)?`,
    String.raw`(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? ${monthsEn}`,
    String.raw`(?:on )?the \d{1,2}(?:st|nd|rd|th)`,
    String.raw`\d{1,2}/\d{1,2}`,
  ],
  weak: [
    'утром',
    'с утра',
    'вечером',
    'днем',
    'ночью',
    '(?:в|после|до) обеда?',
    '(?:ближе )?к (?:вечеру|обеду|утру)',
    'во второй половине дня',
    'в первой половине дня',
    'на неделе',
    '(?:в|по|на) (?:выходны[ех]|выходным|будни|будням)',
    '(?:in the |any |every )?(?:mornings?|afternoons?|evenings?)',
    'weekdays?',
    String.raw`на \d{1,2}${endOfHour}`,
    String.raw`to \d{1,2}${endOfHourEn}`,
    'в (?:то|это) же время',
    'в (?:тот|этот) же день',
    '(?:the )?same (?:time|day)',
    '(?:at |on |over )?(?:the )?weekends?',
  ],
  joins:
    'и|или|либо|или же|в|во|на|с|до|по|к|после|около|часов|где-то|лучше|and|or|at|on|in|the|to|until|till|around|any time|from|pacific|eastern|gmt|utc|cet|мск',
  before:
    'не раньше|не позже|раньше|позже|кроме|до|после|с|к|по|в|во|на|ближе к|где-то|примерно|follow*|следующ(?:ий|ую|ее|его|ей)|эт(?:от|у|о)|not before|not after|any time|anytime|before|after|except|on|by|next|this|around|until|late|early|sometime',
  after:
    'по вашему времени|по моему времени|по москв[еу]|по мск|мск|или позже|или раньше|и позже|my time|your time|or later|or earlier|onwards|pacific|eastern|moscow time|gmt|utc|cet|est|pst|msk',
}

/** Where these are near, a part of the day is about the meeting. */
export const meetingWords = [
  'удобн*',
  'созвон*',
  'созвани*',
  'встреч*',
  'встрет*',
  'давай(те)?',
  'могу',
  'смогу',
  'можно',
  'можем',
  'сможем',
  'лучше',
  'подойдет',
  'подходит',
  'свобод*',
  'запиш*',
  'перен*',
  'сдвин*',
  'передвин*',
  'устроит',
  'поговор*',
  'call',
  'meet*',
  'talk',
  'works?',
  'free',
  'available',
  'suits?',
  'prefer*',
  'can do',
  'could do',
  'better',
  'schedule*',
  're-?schedul*',
  'move',
  'shift',
  'push',
  'book',
]

/** Where these are and no meeting word is, a time is about the result, not about the meeting. */
export const resultWords = [
  'запуст*',
  'запуск*',
  'внедр*',
  'старт*',
  'подключить',
  'настроить',
  'дедлайн*',
  'launch*',
  'go live',
  'roll(ed)? out',
  'deadline',
  'start using',
  'up and running',
]
