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
  ),
]

export const timesRules: ReplyRule[] = [
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
]
