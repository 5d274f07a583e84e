import { emailOf } from '../person/email.ts'
import { emailPattern } from '../person/plain-line.ts'
import type { Lead } from './lead.ts'

const no = String.raw`не|нет|ни|кроме|вместо|без|no|not|don['’]?t|never|instead|without|wrong|remove|delete|уберите|удалите|неправильн\p{L}*|неверн\p{L}*|ошиб\p{L}*|стар\p{L}*|old`
const negation = new RegExp(String.raw`(?<!\p{L})(?:${no})(?!\p{L})`, 'iu')
const negatedNext = new RegExp(String.raw`(?<!\p{L})(?:${no})(?!\p{L})(?:\s+[\p{L}]+){0,2}\s*$`, 'iu')
const mailWords =
  /(?<!\p{L})(?:почт\p{L}*|e-?mails?|имейл\p{L}*|мейл\p{L}*|мыл[оу]|приглаш\p{L}*|invit\p{L}*|calendar|inbox|mail)(?!\p{L})/iu

export type SaidEmails = {
  /** In the order in which they were said. */
  said: string[]
  /** What was refused and not named again later; `*`: the lead wants no mail at all. */
  refused: string[]
}

/** The addresses in a lead's own lines, oldest first: which they name, and which they do not want. */
export function emailsInWords(lines: string[]): SaidEmails {
  const said = new Set<string>()
  const refused = new Set<string>()
  for (const { address, clause, before, alone } of lines.flatMap(clausesOf)) {
    if (address === null) {
      if (mailWords.test(clause) && negation.test(clause)) refused.add('*')
      continue
    }
    const isRefused = alone ? negation.test(clause) : negatedNext.test(before)
    if (isRefused) refused.add(address)
    else {
      said.add(address)
      refused.delete(address)
      refused.delete('*')
    }
  }
  return { said: [...said], refused: [...refused] }
}

/** Where the invitation of a meeting goes; null: nowhere. Only what the card says or the lead named, and did not refuse. */
export function inviteEmailOf({ email, said_email: said, refused_emails: refused }: Lead): string | null {
  if (refused.includes('*')) return null
  return (
    [said, email]
      .map((address) => address && emailOf(address))
      .find((one) => one && !refused.includes(one)) ?? null
  )
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
