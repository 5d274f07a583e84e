import { words } from '../compile-pattern.ts'
import { amount } from '../number-words.ts'
import type { ReplyRule } from '../reply-rule.ts'

/** What only a lawyer or a doctor may say. */
export const adviceRules: ReplyRule[] = [
  {
    name: 'a legal promise',
    find: [
      words(
        String.raw`(?:не|без)?законн\p{L}*|закон(?:а|у|ом|е|ы|ам|ами|ах|ов)?|узакон\p{L}+|легальн\p{L}*|юридическ\p{L}+|правомерн\p{L}*|штраф\p{L}*|оштраф\p{L}+|суд(?:а|у|ом|е|ы|ов)?|судебн\p{L}+|судиться|засуд\p{L}+|иск(?:а|у|ом|ов|и)?|роскомнадзор\p{L}*|инспек(?:ци|тор)\p{L}*|ркн|прокуратур\p{L}*|налогов\p{L}+|проверяющ\p{L}+|регулятор\p{L}*|(?:152|38)-?\s?фз|фз-?152|gdpr|(?:полн|юридическ|уголовн|административн)\p{L}+\s+ответственност\p{L}*|не\s+привлек\p{L}+|претензи\p{L}+|юрист\p{L}*\s+(?:\p{L}+\s+)?не\s+(?:нуж|понадоб|потребу)\p{L}+|лицензирован\p{L}*|сертифицирован\p{L}*`,
        String.raw`(?:il)?legal(?:ly|ity|ise|ize)?|(?:un)?lawful(?:ly)?|laws?|lawsuits?|suing|sued?|courts?|judges?|fines|fined|(?:an?|any|the|of|from|no|never|be|without)\s+fines?(?=\s*(?:[.,!;]|$|for|from|or|by|will|can))|penalt\p{L}+|regulators?|inspect(?:ors?|ions?)|regulations?|regulatory|complian\p{L}+|compl(?:y|ies)\s+(?:\p{L}+\s+)?with|gdpr|hipaa|prosecut\p{L}*|liab(?:le|ility)|licensed|certified|(?:any|no|legal|their)\s+claims|no\s+(?:need\s+(?:for\s+)?(?:an?\s+)?)?lawyers?\s+(?:is\s+|are\s+)?needed|n['’]t\s+need\s+a\s+lawyer`,
      ),
    ],
    unlessKnown: true,
    excuses: ['their ways', 'left to a human', 'no advice'],
    examples: { ru: 'Штрафов с нами не бывает', en: 'It is legal in every country' },
  },
  {
    name: 'advice on medicine, money or taxes',
    find: [
      words(
        String.raw`(?:прим(?:ите|и|ай|айте)|выпе(?:й|йте)|пейте|пить|принимать|попить|выпить|попробуйте|попейте|глотн\p{L}+|колите|мажьте|рекомендую|советую|поможет|помогает|помогут)\s+(?:[^.!?\n]{0,30}\s)?(?:таблет|пилюл|капсул|капл|лекарств|препарат|антибиотик|аспирин|анальгин|ибупрофен|парацетамол|каптоприл|корвалол|валерьян|пустырник|мелатонин|снотворн|успокоительн|магни[йя]|витамин|настойк|мазь|мази|уколы?|травы|отвар)\p{L}*|(?:таблет|препарат|мелатонин|аспирин|ибупрофен|парацетамол)\p{L}*\s+(?:\p{L}+\s+){0,3}?(?:на\s+ночь|в\s+день|утром|перед\s+сном|помо[жг]\p{L}+)|(?:миллиграмм|мг|миллилитр)\p{L}*`,
        String.raw`(?:take|try|drink|use|swallow|recommend|suggest|have)\s+(?:[^.!?\n]{0,30}\s)?(?:pills?|tablets?|aspirin|ibuprofen|paracetamol|melatonin|magnesium|vitamins?|medicine|medication|antibiotics?|sedatives?|painkillers?|supplements?|drops|herbal\s+\p{L}+)|(?:\d+|${amount})\s*(?:mg|milligrams?)`,
        String.raw`(?:переложите|вложите\p{L}*|вкладывайте\p{L}*|инвестируйте|купите|покупайте|держите|переведите|продайте|продавайте)\s+(?:[^.!?\n]{0,40}\s)?(?:облигаци|акци[ийяю]|биткоин|крипт|вклад|депозит|доллар|валют|золот|фонд|недвижимост|etf)\p{L}*|(?:облигаци|акции|биткоин|крипт|вклад|золото|недвижимост)\p{L}*\s+(?:\p{L}+\s+){0,2}?(?:надежн|надёжн|выгодн|доходн|безопасн|раст)\p{L}*|(?:возьмите|берите|оформите|оформляйте|рефинансируйте)\s+(?:\p{L}+\s+){0,2}?(?:кредит|за[йе]м|ипотек|ссуд|микроза[йе]м)\p{L}*`,
        String.raw`(?:put|move|invest|buy|sell|hold|shift)\s+(?:[^.!?\n]{0,40}\s)?(?:bonds?|shares|stocks?|bitcoin|crypto\p{L}*|gold|etfs?|index\s+funds?|deposits?|real\s+estate)|(?:bonds?|shares|stocks|bitcoin|gold)\s+(?:are|is)\s+(?:\p{L}+\s+)?(?:safer|safe|better|profitable|reliable)|(?:take|get|take\s+out)\s+(?:an?|the)\s+(?:\p{L}+\s+)?(?:loan|mortgage|credit)`,
        String.raw`(?:оформ\p{L}+|зарегистрир\p{L}+|проведите|платите|переведите)\s+(?:[^.!?\n]{0,40}\s)?(?:как|через|на)\s+(?:самозанят|ип(?!\p{L})|подрядчик|наличн|оффшор|офшор)\p{L}*|(?:не\s+плат\p{L}+|оптимизир\p{L}+|сниз\p{L}+|уйд\p{L}+\s+от)\s+(?:\p{L}+\s+)?налог\p{L}*|(?:register|hire|book|declare|pay)\s+(?:[^.!?\n]{0,30}\s)?as\s+(?:an?\s+)?(?:contractors?|self-employed|freelancers?|expenses?)|tax\s+(?:office|authorit\p{L}+|inspector|man)|(?:avoid|dodge|save\s+on|evade|cut)\s+(?:\p{L}+\s+)?tax(?:es)?`,
      ),
    ],
    unlessKnown: true,
    excuses: ['their ways', 'left to a human', 'no advice'],
    examples: { ru: 'От бессонницы попробуйте мелатонин', en: 'Put the profit into bonds' },
  },
  {
    name: 'a promise about health',
    find: [
      words(
        String.raw`вылеч\p{L}*|излеч\p{L}*|лечебн\p{L}*|исцел\p{L}*|целебн\p{L}*|cures?|cured|heals?|healed|therapeutic`,
      ),
    ],
    together: [
      [
        words(
          String.raw`стресс\p{L}*|бессонниц\p{L}*|выгоран\p{L}*|депресси\p{L}*|тревог\p{L}*|тревожност\p{L}*|давлени\p{L}*|невроз\p{L}*|нерв(?:ы|ов|ам|ами)|здоровь\p{L}+|мигрен\p{L}*|голов\p{L}+\s+бол\p{L}+|болезн\p{L}*|симптом\p{L}*|боле(?:ть|ют)|ill|sick|сон|сна|сп(?:ится|ать|ите|ите)|усталост\p{L}*|stress|insomnia|anxiety|burn-?out|depression|blood\s+pressure|headaches?|migraines?|illness\p{L}*|diseases?|symptoms?|health|sleep|nerves|fatigue`,
        ),
        words(
          String.raw`про(?:йд|ход)\p{L}+|исчез\p{L}+|уйд\p{L}+|уход\p{L}+|сни(?:з|ж)\p{L}+|сним(?:ет|ем|ают|ает)|избав\p{L}+|забуд\p{L}+|нормализ\p{L}+|помож\p{L}+|в\s+норм[уе]|лучше|крепче|крепко|спокойн\p{L}+|улучш\p{L}+|поправ\p{L}+|станет|перестан\p{L}+|stops?|go(?:es)?\s+away|gone|disappear\p{L}*|vanish\p{L}*|reliev\p{L}*|reduc\p{L}*|better|settles?|improv\p{L}*|rid\s+of|treat\p{L}*|lowers?|drops?|forget|melts?|heal\p{L}*|calm\p{L}*`,
        ),
      ],
    ],
    unlessKnown: true,
    excuses: ['their ways', 'left to a human', 'no advice'],
    examples: { ru: 'Бессонница и стресс пройдут', en: 'Your insomnia will be cured' },
  },
]
