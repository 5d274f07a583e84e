import { compilePattern } from './compile-pattern.ts'

/** Whether a denial governs a word: "we never ask for passwords", "пароли нам не нужны", "скидок я не раздаю". */

const deny = String.raw`не|ни|никто(?:\s+\p{L}+)?\s+не|nobody|no\s+one|никогда\s+не|никому\s+не|нет|без|нельзя|cannot|can['’]?t|can\s+not|won['’]?t|never|not|don['’]?t|doesn['’]?t|isn['’]?t|aren['’]?t|couldn['’]?t|wouldn['’]?t|no|without|unable|nor|neither`
/** After one of these a denial says something else: it ends there, is only half meant, or turns into its contrary. */
const turns = String.raw`и|а|но|зато|или|либо|да|кроме|только|лишь|просто|толь?ко|так|как|если|пока|чтобы|что|не|ни|без|нет|\p{L}*лучш\p{L}*|хуже|меньше|больше|дороже|дешевле|упу\p{L}+|пропу\p{L}+|отка[зж]\p{L}*|пожале\p{L}+|волну\p{L}+|бо(?:йтесь|йся|яться|юсь)|бесспорн\p{L}*|пережива\p{L}+|сомн\p{L}+|забуд\p{L}*|забыв\p{L}+|теря\p{L}+|потеря\p{L}+|жд[иёу]\p{L}*|ждать|тян\p{L}+|откладыв\p{L}+|медли\p{L}+|стесня\p{L}+|раздумыва\p{L}+|поверите|секрет|проблем\p{L}*|вопрос|сложно|трудно|and|but|or|except|only|just|simply|until|till|before|than|else|when|unless|while|if|to\s+worry|better|best|bigger|more|less|miss\p{L}*|los(?:e|es|ing)|regret\p{L}*|refus\p{L}+|deny|denied|worry|worries|hesitat\p{L}+|forget|doubt\p{L}*|wait|ignor\p{L}+|skip|afraid|shy|resist|help|stop|fail|problem|question|risk|secret|wonder|believe|think|mind|because|find|turn|pass|not|never|no|without|nothing`
const harmlessWord = String.raw`(?!(?:${turns})(?!\p{L}))(?!(?!(?:присыла|отправля|сообща|называ|вводи|пиши|говори|дава|показыва|пересыла|диктуй|дела|переводи|плати|вноси|жди|обеща|дели|переда)\p{L}*)\p{L}{2,}(?:ите|йте|ьте)(?:сь)?(?!\p{L}))[\p{L}'’]+`
const before = compilePattern(
  String.raw`(?<![\p{L}\d])(?:${deny})(?:\s+${harmlessWord}){0,6}\s+(?:["«“]\s?)?$|(?<!\p{L})(?:no|any|никак\p{L}+|ни)\s+\p{L}+\s+(?:and|or|nor|и|или|ни)\s+$`,
)

const refused = String.raw`нуж\p{L}+|над[оа]|прос\p{L}+|прошу|попрос\p{L}+|спрашива\p{L}+|спрос\p{L}+|спрошу|требу\p{L}+|потребу\p{L}+|бер[её]м|беру|обсужда\p{L}+|обеща\p{L}+|обещан\p{L}*|да[юё]\p{L}{0,2}|дава\p{L}+|дам|дадим|дать|разда\p{L}+|выда\p{L}+|назнача\p{L}+|храни\p{L}+|присыла\p{L}+|пришл\p{L}+|отправл\p{L}+|сообща\p{L}+|называ\p{L}+|назов\p{L}+|пиши\p{L}*|говори\p{L}*|показыва\p{L}+|покаж\p{L}+|раскрыва\p{L}+|разглаша\p{L}+|переда\p{L}+|пересыла\p{L}+|упомина\p{L}+|рассказыва\p{L}+|расскаж\p{L}+|дел(?:юсь|имся|ись|ятся)|комментиру\p{L}+|предоставля\p{L}+|предусмотр\p{L}+|предлага\p{L}+|гарантиру\p{L}+|существу\p{L}+|понадоб\p{L}+|мог\p{L}*|мож\p{L}+|вправе|принима\p{L}+|бывает|дела\p{L}+|занима\p{L}+|получится|вед[её]м|веду|реша\p{L}+|подскаж\p{L}+|советую|касаемся|касаюсь|входит|положен\p{L}*|работа\p{L}+|даст|дадут|стан[уе]\p{L}*|буд[уе]\p{L}*`
const refusedEn = String.raw`(?:is|are|was|were|do|does|can|will|should)(?:\s+not|n['’]t|\s+never)\s+(?:ever\s+)?\p{L}+|(?:cannot|can['’]t|won['’]t)\s+\p{L}+|never\s+\p{L}+`
/** Stands after what is denied, in the same clause: "гарантий по росту продаж мы не даём". */
const after = compilePattern(
  String.raw`^(?:\s*(?:,|\s(?:и|или|and|or))\s+(?:\p{L}+\s+){0,1}\p{L}+(?=\s)){0,2}(?:\s+(?!(?:есть|будет|если|когда|пока|и|а|но|вам|ваш\p{L}*|if|when|unless|while|and|but)(?!\p{L}))[\p{L}\d-]+|\s+(?:вам|ваш\p{L}*)){0,6}?(?:\s+нет(?=\s*(?:[.,;!)]|$|и\s))|\s+не\s+(?:${refused})(?!\p{L})|\s+(?:${refusedEn})(?!\p{L}))|^\s+(?:\p{L}+\s+){0,2}(?:nothing|none)(?!\p{L})|^\s+(?:stay|remain)s?\s+with\s+you|^\s+оста[юё]тся\s+у\s+вас|^(?:\s+\p{L}+){0,3}\s+(?:неподвластн\p{L}+|beyond\s+(?:me|my)|(?:держите|храните|оставьте|берегите)\s+(?:при\s+себе|у\s+себя|себе|в\s+тайне)|to\s+yourself)(?!\p{L})`,
)
/** What happens if something is not so is promised, not denied: "if it does not work we return the money". */
const condition = compilePattern(String.raw`(?<!\p{L})(?:если|когда|if|when|unless)\s`)
/** A second denial that turns "without a discount" into its contrary: "без скидки не отпущу". */
const again = compilePattern(
  String.raw`^(?:\s+\p{L}+){0,3}\s+(?:не|ни|never|not|cannot|can['’]?t|won['’]?t|don['’]?t)\s`,
)
/** What no one wants to do is no demand: "платить за это никто не хочет". */
const unwanted = compilePattern(
  String.raw`(?<!\p{L})(?:никто\s+не|никому\s+не)\s+(?:хо[тч]\p{L}+|люб\p{L}+|стан\p{L}+)|(?<!\p{L})(?:nobody|no\s+one)\s+(?:wants|likes|enjoys|would)(?!\p{L})|(?<!\p{L})было\s+бы\s+(?:нечестн|неправ|обман)\p{L}*|would\s+be\s+(?:dishonest|wrong|unfair|a\s+lie)(?!\p{L})`,
)
const listing = compilePattern(
  String.raw`^(?:,\s*что\s+|\s+that\s+|,\s*that\s+)(?:\p{L}+\s+){0,3}$|^(?:,|\s+(?:и|или|ни|and|or|nor))\s*(?:(?:и|или|ни|and|or|nor|у|от|вас|вам|нам|ваш\p{L}*|the|your|any|of|for|an?)\s+){0,2}$`,
)
/** Politeness in commas parts no clause. */
const aside =
  /\s*,\s*(?:пожалуйста|к\s+сожалению|конечно|честно|увы|простите|извините|please|sorry|unfortunately|of\s+course|honestly)\s*(?:,|$)/gu
const has = (pattern: RegExp, text: string) => text.search(pattern) >= 0

/** @param head the clause up to the word @param tail the sentence behind it @param between what stands between the denied word before it and this one; null when none was denied */
export function isDenied(head: string, tail: string, sentence: string, between: string | null): boolean {
  const rest = tail.replaceAll(aside, ' ')
  if (has(after, rest) || has(unwanted, sentence)) return true
  return (
    (has(before, head) && !has(condition, head) && !has(again, rest)) ||
    (between !== null && has(listing, between))
  )
}
