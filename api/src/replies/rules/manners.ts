import { words } from '../compile-pattern.ts'
import type { ReplyRule } from '../reply-rule.ts'

export const mannersRules: ReplyRule[] = [
  {
    name: 'a threat or an insult',
    find: [
      words(
        String.raw`пожалеете|пожалеешь|хуже\s+будет|будет\s+хуже|(?:подадим|подам)\s+(?:на\s+вас\s+)?в\s+суд|засуд\p{L}+|коллектор\p{L}*|найд[её]м\s+вас|знаем,?\s+где\s+вы|приед(?:ем|у)\s+к\s+вам|идиот\p{L}*|дурак\p{L}*|дура|дур[её]х\p{L}*|туп(?:ой|ая|ые|ица|ицы)|дебил\p{L}*|кретин\p{L}*|урод\p{L}{0,2}|заткни\p{L}*|пош[её]л\s+(?:ты|вон|на)|идите\s+(?:к\s+чёрту|к\s+черту|на\s+хер|лесом)|сволоч\p{L}*|лох\p{L}{0,2}|хуй\p{L}*|пизд\p{L}*|(?:за|на|у)?еба\p{L}*|бля\p{L}*|мраз\p{L}*|последнее\s+предупреждение|у\s+вас\s+будут\s+проблемы|а\s+то\s+хуже`,
        String.raw`(?:will|['’]ll)\s+regret|idiots?|stupid|morons?|shut\s+up|sue\s+you|(?:know|find)\s+(?:out\s+)?where\s+you\s+(?:live|work)|fools?|losers?|dumb|or\s+else|last\s+warning|fuck\p{L}*|shit\p{L}*|bastards?|imbeciles?|there\s+will\s+be\s+consequences|face\s+(?:the\s+)?consequences|(?<![a-z]\s)get\s+lost|go\s+to\s+hell|hurt\s+you|come\s+after\s+you|pathetic`,
      ),
    ],
    examples: { ru: 'Вы ещё пожалеете', en: 'You will regret this' },
  },
  {
    name: 'a placeholder that nobody fills in',
    whole: (text) => text.match(/\[(?!(?:TIMES|MEETING)\])[^\]]*\]|\{[^}]*\}/gu) ?? [],
    examples: { ru: 'Здравствуйте, [ИМЯ]!', en: 'Hello {name}' },
  },
]
