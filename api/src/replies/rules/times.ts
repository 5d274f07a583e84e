import { words } from '../compile-pattern.ts'
import { amount } from '../number-words.ts'
import { atDays, atHours } from '../time-words.ts'
import { ownHours, ownTimes } from '../own-times.ts'
import type { ReplyRule } from '../reply-rule.ts'

const timesNamed = [
  words(
    String.raw`(?:for|at|by|to|until|around)\s+(?:half|quarter)(?:\s+(?:past|to))?(?=\s*(?:[.,!?]|$))`,
    String.raw`(?:ring|call|phone|text|buzz|there|write|back|message)\s+(?:you\s+)?in\s+(?:about\s+)?${amount}(?=\s*(?:[.,!?;]|$))`,
    String.raw`(?:наберу|позвоню|перезвоню|буду|напишу|позвоним|набер[её]м|созвонимся)\s+(?:[^.!?\n]{0,12}\s)?через\s+${amount}|(?:минут\p{L}*|час\p{L}{0,2})\s+через\s+${amount}|на\s+четверть(?=\s*(?:[.,!?]|$))`,
    String.raw`(?:в|на|к|с|до|после|около|ближе\s+к|где-то\s+в)\s+(?:тринадцат|четырнадцат|пятнадцат|шестнадцат|семнадцат|восемнадцат|девятнадцат|двадцат)(?:ь|и)(?=\s*(?:[.,!?;]|$|час|ноль|тридцать|пятнадцать|сорок|завтра|сегодня|подойд|удобн|устро|жд|встре|созвон|или|по\s))`,
    String.raw`(?:в|на|к|с|до|после|около|at|for|by)\s+(?:[01]?\d|2[0-3])-[0-5]\d(?=\s*(?:[.,!?;]|$|завтра|сегодня|подойд|удобн|устро|жд|встре|созвон|works?|tomorrow|today|sharp))`,
    String.raw`(?:[01]?\d|2[0-3])[.:][0-5]\d\s*[ap]\.?m\.?|(?:thir|four|fif|six|seven|eigh|nine)teen\s+hundred|twenty\s+hundred|(?:(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|seven|eight|nine|ten|eleven|twelve)\s+oh[\s-]\p{L}+|\p{L}+\s+hundred\s+hours|from\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon)\s+(?:to|till|until)\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=\s*(?:[.,!?;]|$|on\s|tomorrow))|the\s+(?:[a-z]+teenth|tenth|eleventh|twelfth|twentieth|thirtieth|(?:twenty|thirty)[\s-](?:first|second|third|[a-z]+th))(?=\s*(?:[.,!?;]|$|do|works?|suits?|is\s|then))|(?:lunch|dinner|tea)\s?time(?=\s*(?:[.,!?;]|$))|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+sharp`,
    String.raw`до\s+темноты|как\s+стемнеет|на\s+рассвете|к\s+ужину|в\s+обед|(?:на|в)\s+обеденн\p{L}+\s+(?:врем|час|перерыв)\p{L}*`,
  ),
]

export const timesRules: ReplyRule[] = [
  {
    name: 'a time or date of its own (write [TIMES] or [MEETING] instead)',
    find: [words(...atHours), words(...atDays), ownTimes, ...timesNamed],
    excuses: ['their story', 'their seasons'],
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
]
