import { anyOf, wordsOf } from '@lead/scheduling'
import { emailPattern } from '../person/plain-line.ts'
import { emailOf } from '../person/email.ts'
import { hearPick } from './pick/hear-pick.ts'
import { plainWords } from './plain-words.ts'

const yes = anyOf([
  'да|ага|угу|верно|все верно|правильно|именно|точно|конечно|ок|окей|хорошо|давайте|отправляйте|отправьте|отправляй|отправь|присылайте|пришлите|шлите|можно|подтверждаю|подходит|yes|yeah|yep|yup|right|correct|exactly|sure|ok|okay|please|confirm|confirmed|go ahead|send',
])
/** Words beside a yes that change nothing of it. */
const kind = anyOf([
  'пожалуйста|спасибо|все|так|туда|сюда|его|ее|это|этот|эту|мой|моя|мою|моей|адрес|почта|почту|почте|имейл|email|e|mail|приглашение|и|на|по|please|thanks|thank|you|that|is|it|its|s|the|this|there|to|my|me|address|mail|invitation|invite|one|do|go|ahead',
])
const against = anyOf([
  "нет|неа|не|ни|никуда|нельзя|подожди|подождите|стоп|передумал|передумала|лучше|вместо|ошибся|ошиблась|ошибка|опечатка|опечатался|опечаталась|чужой|чужая|другой|другая|другую|no|nope|nah|not|dont|don t|don't|never|wait|hold on|instead|rather|wrong|typo|mistake|another|other|actually",
])

/** A no in its letters and a yes in its meaning, or a no to something else. */
const noRefusal = anyOf([
  "не против|не возражаю|почему (?:бы )?(?:и )?нет|не забудьте|не забудь|no problem|no objections?|why not|don't forget|do not forget",
])

const clausesOf = (text: string) => text.split(/[.!?…;,\n—–]+|\s+(?:а|но|but)\s+/iu)

/**
 * Whether the words say yes to "Send the invitation to `address`?". Only a plain yes counts: anything against it, another address, or
 * another topic in its place is none.
 * @param lines what the lead wrote since the question, oldest first
 */
export function saysYesToInvite(lines: string[], address: string): boolean {
  const named = lines.flatMap((line) =>
    [...line.matchAll(emailPattern)].map(([found]) => emailOf(found.replace(/[.]+$/, ''))),
  )
  if (named.some((one) => one !== address)) return false
  const clauses = lines.flatMap((line) => clausesOf(line.replaceAll(emailPattern, ' ')))
  const plain = clauses.map((clause) =>
    plainWords(clause).replace(noRefusal, (found) => (/forget|забуд/.test(found) ? ' ' : ' да ')),
  )
  if (plain.some((clause) => against.test(clause))) return false
  return lines.some((line) => hearPick(line) === 'yes') || plain.some(isPlainYes)
}

function isPlainYes(plain: string): boolean {
  const words = wordsOf(plain)
  return yes.test(plain) && words.every((word) => yes.test(word) || kind.test(word))
}
