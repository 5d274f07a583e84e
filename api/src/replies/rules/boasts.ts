import { words } from '../compile-pattern.ts'
import type { ReplyRule } from '../reply-rule.ts'

/** What advertising law asks proof for. */
export const boastsRules: ReplyRule[] = [
  {
    name: 'a boast that nobody has proven',
    find: [
      words(
        String.raw`(?:сам\p{L}+\s+)?лучш\p{L}+\s+(?:\p{L}+\s+)?(?:на\s+рынке|в\s+(?:мире|росси\p{L}|стране|город\p{L}|отрасли|нише|регионе|своём\s+деле)|из\s+(?:лучших|всех)|среди\s+\p{L}+)|(?:нет|не\s+(?:имеет|имеем|имеют))\s+(?:\p{L}+\s+)?(?:аналог|равн|конкурент)\p{L}*|(?:аналогов|равных|конкурентов)\s+(?:\p{L}+\s+)?(?:нет|не\s+имеет)|номер\s+один|лидер\p{L}*\s+(?:рынка|отрасли|продаж|ниши)`,
        String.raw`(?:the\s+)?(?:very\s+)?best\s+(?:\p{L}+\s+)?(?:on|in)\s+(?:the\s+)?(?:\p{L}+\s+)?(?:market|world|country|city|industry|business|class|region)|nobody\s+compares|(?:has|have)\s+no\s+(?:equals?|rivals?|competitors)|second\s+to\s+none|unrivall?ed|unmatched|market\s+leaders?|number\s+one`,
      ),
    ],
    unlessKnown: true,
    // No denial is looked for: "the best, there is nothing like it" has one.
    excuses: ['their ways', 'their wish'],
    examples: { ru: 'Мы лучшие на рынке', en: 'We are the best on the market' },
  },
]
