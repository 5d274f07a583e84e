import { emailOf, emailsIn } from '../person/email.ts'
import { emailPattern } from '../person/plain-line.ts'
import type { Lead } from './lead.ts'

const no = String.raw`не|нет|ни|кроме|вместо|без|no|not|don['’]?t|never|instead|without|wrong|remove|delete|уберите|удалите|неправильн\p{L}*|неверн\p{L}*|ошиб\p{L}*|стар\p{L}*|old`
const negation = new RegExp(String.raw`(?<!\p{L})(?:${no})(?!\p{L})`, 'iu')
const negatedNext = new RegExp(String.raw`(?<!\p{L})(?:${no})(?!\p{L})(?:\s+[\p{L}]+){0,2}\s*$`, 'iu')
const mailWords =
  /(?<!\p{L})(?:почт\p{L}*|e-?mails?|имейл\p{L}*|мейл\p{L}*|мыл[оу]|приглаш\p{L}*|invit\p{L}*|calendar|inbox|mail)(?!\p{L})/iu

/** Whose else an address is said to be, by role or by name: "my colleague's email", "почта директора", "это Васина почта". */
const othersWords = new RegExp(
  String.raw`(?<!\p{L})(?:коллег\p{L}*|директор\p{L}*|начальни\p{L}+|руководител\p{L}*|босс\p{L}*|шеф\p{L}{0,2}|друг(?:а|у|ом)?|подруг\p{L}*|приятел\p{L}*|сосед\p{L}*|муж(?:а|у|ем)?|жен[ыеау]|брат\p{L}{0,2}|сестр\p{L}*|мам[аыеу]|пап[аыеу]|сын\p{L}{0,2}|доч\p{L}+|партн[её]р\p{L}*|клиент\p{L}*|конкурент\p{L}*|менеджер\p{L}*|бухгалтер\p{L}*|секретар\p{L}*|сотрудни\p{L}+|знаком\p{L}+|его|её|ее|их|чуж\p{L}+|кого-то|друг(?:ой|ого)\s+человек\p{L}*|он|она|ему|ей|colleague\p{L}*|co-?worker\p{L}*|boss\p{L}*|manager\p{L}*|director\p{L}*|friend\p{L}*|neighbou?r\p{L}*|husband\p{L}*|wife|brother\p{L}*|sister\p{L}*|partner\p{L}*|client\p{L}*|customer\p{L}*|competitor\p{L}*|assistant\p{L}*|accountant\p{L}*|secretary|employee\p{L}*|ex|mom|mum|dad|son|daughter|his|her|hers|their|theirs|he|she|they|him|someone|somebody|else['’]?s?|another)(?:['’]s)?(?!\p{L})`,
  'iu',
)
const named =
  /(?<!\p{L})(?!(?:It|That|Here|What|This|He|She)['’])\p{Lu}\p{Ll}+['’]s\s+(?:e-?mail|mail|address)/u
const ofOthers = (words: string) => othersWords.test(words) || named.test(words)
/** "Mine I won't give". */
const keepsOwn =
  /(?<!\p{L})(?:mine|my own|my e-?mail|сво[йюе]\p{L}*|мо[йюяе]\p{L}*)(?!\p{L})[^.!?\n]{0,30}(?<!\p{L})(?:won['’]?t|will not|don['’]?t|do not|not|never|не)(?!\p{L})[^.!?\n]{0,20}(?<!\p{L})(?:give|share|tell|send|дам|скажу|назову|оставлю|пришлю|говорю|даю)(?!\p{L})/iu
const own =
  /(?<!\p{L})(?:мо[йяеюи]|моя|моё|мою|мне|меня|наш\p{L}*|нам|сво[йюя]|my|mine|me|our|us|i|i['’]m|моего|рабоч\p{L}+|личн\p{L}+|work|personal)(?!\p{L})/iu

export type SaidEmails = {
  /** Said as their own, or without a word of whose it is; in the order in which they were said. */
  said: string[]
  /** What was refused and not named again later; `*`: the lead wants no mail at all. */
  refused: string[]
}

/** The addresses in a lead's own lines, oldest first: which they name, and which they do not want. */
export function emailsInWords(lines: string[]): SaidEmails {
  const said = new Set<string>()
  const refused = new Set<string>()
  const strange = new Set(lines.flatMap(strangersIn))
  for (const { address, clause, before, alone } of lines.flatMap(clausesOf)) {
    if (address === null) {
      if (mailWords.test(clause) && negation.test(clause)) refused.add('*')
      continue
    }
    const isRefused = alone ? negation.test(clause) : negatedNext.test(before)
    if (isRefused) refused.add(address)
    else if (strange.has(address) && (ofOthers(clause) || !own.test(clause))) said.delete(address)
    else {
      said.add(address)
      refused.delete(address)
      refused.delete('*')
    }
  }
  return { said: [...said], refused: [...refused] }
}

type Addresses = Pick<
  Lead,
  | 'email'
  | 'said_email'
  | 'refused_emails'
  | 'confirmed_email'
  | 'declined_emails'
  | 'asked_email'
  | 'asked_email_turn_id'
>

/** Where the invitation of a meeting goes; null: nowhere. Only what the lead confirmed or the card says, and the lead did not refuse. */
export function inviteEmailOf({
  email,
  confirmed_email: confirmed,
  refused_emails: refused,
}: Addresses): string | null {
  if (refused.includes('*')) return null
  return (
    [confirmed, email]
      .map((address) => address && emailOf(address))
      .find((one) => one && !refused.includes(one)) ?? null
  )
}

/** Nobody is asked about more addresses than this. */
const mostAsked = 3

/**
 * The address that the lead named and that must be confirmed before anything goes there; null: none. Never one that was refused, answered
 * with a no or passed over.
 * @param turnId which asks: a turn that thinks again may ask what it asked already
 */
export function emailToConfirm(lead: Addresses, turnId: number): string | null {
  const { said_email: said, refused_emails: refused, declined_emails: declined } = lead
  const address = said && emailOf(said)
  if (!address || refused.includes('*') || refused.includes(address) || declined.includes(address))
    return null
  if (address === lead.confirmed_email || address === (lead.email && emailOf(lead.email))) return null
  if (declined.length >= mostAsked) return null
  return lead.asked_email === null || lead.asked_email_turn_id === turnId ? address : null
}

/** Words that only hand an address over; what else a message says wants an answer of its own. */
const handingOver =
  /(?<!\p{L})(?:да|ага|ок|хорошо|конечно|спасибо|yes|ok|okay|sure|thanks|вот|моя|мой|мне|меня|мою|моей|наша|наш|почт\p{L}*|адрес\p{L}*|имейл\p{L}*|мейл\p{L}*|мыл[оу]|e-?mail|mail|address|электронн\p{L}*|рабоч\p{L}+|личн\p{L}+|пишите|присылайте|пришлите|шлите|отправ\p{L}+|можно|на|него|нее|неё|туда|это|и|приглаш\p{L}*|ссылк\p{L}*|календар\p{L}*|для|тогда|пожалуйста|ой|опечатка|точнее|верный|правильный|my|is|it|its|s|here|there|the|to|at|send|use|please|work|personal|invit\p{L}*|calendar|for|link|me|i|sorry|typo|correct|right|one)(?!\p{L})/giu

/** Whether the words are an address, perhaps with what it is, and nothing else. */
export const onlyHandsOver = (text: string): boolean =>
  !text.includes('?') && !/\p{L}{2}/u.test(text.replaceAll(emailPattern, ' ').replaceAll(handingOver, ' '))

/** Addresses that a line gives to somebody else: beside words of another person and none of the lead's own, or beside "mine I keep". */
function strangersIn(line: string): string[] {
  if (keepsOwn.test(line)) return emailsIn(line)
  return line.split(/(?<=[.!?;\n])\s+|\n|,\s*(?:а|но|but|and|и)\s+/u).flatMap((sentence) => {
    const words = sentence.replaceAll(emailPattern, ' ')
    return ofOthers(words) ? emailsIn(sentence) : []
  })
}

type Clause = { address: string | null; clause: string; before: string; alone: boolean }

function clausesOf(line: string): Clause[] {
  const addresses: string[] = []
  const marked = line.replaceAll('\uE000', ' ').replaceAll(emailPattern, (found) => {
    const address = emailOf(found.replace(/[.]+$/, ''))
    if (address === null) return ' '
    addresses.push(address)
    return `\uE000${addresses.length - 1}\uE000`
  })
  return marked.split(/[.!?;,\n—–]|\s(?:а|но|but)\s/iu).flatMap((clause): Clause[] => {
    const marks = [...clause.matchAll(/\uE000(\d+)\uE000/gu)]
    const words = clause.replaceAll(/\uE000\d+\uE000/gu, ' ')
    if (marks.length === 0) return [{ address: null, clause, before: '', alone: true }]
    return marks.map((mark) => ({
      address: addresses[Number(mark[1])] ?? null,
      clause: words,
      before: clause.slice(0, mark.index),
      alone: marks.length === 1,
    }))
  })
}
