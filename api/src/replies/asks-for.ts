import { type FactName, factNames } from '@lead/contract'
import { words } from './compile-pattern.ts'

/** What a question asks for, by words that ask for nothing else. A question that only makes sure ("up to 300, right?") is none of them. */
const questions: Record<FactName, RegExp> = {
  need: words(
    String.raw`как(?:ую|ие)\s+(?:именно\s+)?(?:задач[уи]|проблем[уы])\s+(?:вы\s+|ты\s+)?(?:\p{L}+\s+)?(?:хотите|хочешь|нужно|надо|решаете|планируете|хотели)|что\s+(?:именно\s+)?(?:вы\s+)?(?:хотите|хотели\s+бы)\s+решить|с\s+чем\s+(?:\p{L}+\s+){0,3}?нужна\s+помощь`,
    String.raw`what\s+(?:problem\s+|exactly\s+)?(?:would|do)\s+you\s+(?:like|want)\s+(?:us\s+)?to\s+solve|what\s+(?:is\s+the\s+)?problem\s+(?:are|do)\s+you`,
  ),
  budget: words(
    String.raw`как(?:ой|им|ого)\s+(?:у\s+вас\s+|примерно\s+|вы\s+)?бюджет\p{L}*|(?:на\s+)?какой\s+(?:примерно\s+)?бюджет|сколько\s+(?:вы\s+)?(?:готовы|планируете|хотите)\s+(?:по)?тратить|какую\s+сумму`,
    String.raw`what(?:['’]s|\s+is)?\s+(?:is\s+)?(?:your|the)\s+(?:\p{L}+\s+)?budget|what\s+budget|how\s+much\s+(?:are|do|would|can)\s+you\s+(?:\p{L}+\s+){0,3}?(?:spend|invest|pay)`,
  ),
  timeline: words(
    String.raw`к\s+какому\s+(?:сроку|времени|числу)|в\s+какие\s+сроки|какие\s+(?:у\s+вас\s+)?сроки|когда\s+(?:вы\s+)?(?:планируете|хотите|хотели\s+бы)\s+(?:\p{L}+\s+)?(?:запустить|начать|внедрить|запуститься|стартовать)\p{L}*`,
    String.raw`by\s+when\s+(?:do|would)|what(?:['’]s|\s+is)\s+your\s+(?:timeline|deadline|time\s?frame)|when\s+(?:do|would)\s+you\s+(?:want|like|plan|need)\s+(?:it\s+)?to\s+(?:start|launch|begin|go\s+live|be\s+ready|be\s+done)`,
  ),
  authority: words(
    String.raw`кто\s+(?:у\s+вас\s+|в\s+компании\s+|ещ[её]\s+)?(?:принимает\s+(?:\p{L}+\s+)?решени\p{L}*|решает|отвечает\s+за\s+(?:решение|выбор|бюджет))`,
    String.raw`who\s+(?:else\s+)?(?:makes?|takes?|decides|is\s+the\s+decision|will\s+decide|will\s+make)(?:\s+\p{L}+)?`,
  ),
  email: words(
    String.raw`как(?:ая|ой|ую)\s+(?:у\s+вас\s+)?(?:почт[ау]|e-?mail|имейл|электронн\p{L}+)|на\s+какую\s+почту`,
    String.raw`what(?:['’]s|\s+is)\s+your\s+e-?mail|which\s+e-?mail`,
  ),
}

/** The facts that a reply asks for. */
export function asksFor(reply: string): FactName[] {
  const asked = reply
    .toLowerCase()
    .split(/(?<=[.!?;])\s+|\n/u)
    .filter((sentence) => sentence.includes('?'))
  return factNames.filter((name) => {
    const pattern = questions[name]
    return asked.some((sentence) => sentence.search(pattern) >= 0)
  })
}
