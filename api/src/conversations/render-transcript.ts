import { texts } from '../../../texts/index.ts'
import type { Language } from '../leads/lead.ts'

export type TranscriptLine = { author: 'lead' | 'ai' | 'human' | 'system'; text: string; at: Date }

/** How long a note of amoCRM may be is not documented: well below what was seen to work, in characters. */
const longest = 3500

/**
 * A portion of a conversation as notes for the card, mostly one; a long one is split between lines.
 * @param zone IANA zone in which the times are told
 */
export function renderTranscript(
  lines: TranscriptLine[],
  {
    language,
    zone,
    names,
    summary,
    standing,
  }: {
    language: Language
    zone: string
    names: { lead: string | null; seller: string }
    summary: string | null
    /** What is known of the lead and what comes next, a line each. */
    standing: string[]
  },
): string[] {
  const [first] = lines
  if (!first) return []
  const { locale, card } = texts[language]
  const say = card.transcript
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeZone: zone })
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone })
  const who = {
    // What the lead calls themselves is no other author's mark.
    lead: names.lead ? `${oneLine(names.lead)} (${say.lead.toLowerCase()})` : say.lead,
    ai: `${names.seller} (${say.ai})`,
    human: say.human,
    system: say.system,
  }
  const title = `${say.title}, ${day.format(first.at)} (${zone})`
  const body = lines
    .flatMap(({ author, text, at }) => cut(`${clock.format(at)} ${who[author]}: ${indented(text)}`))
    .concat(summary ? [`${say.summary}: ${oneLine(summary)}`] : [], standing.map(oneLine).flatMap(cut))
  let part: string[] = []
  const parts = [part]
  let size = 0
  for (const line of body) {
    if (size + line.length + 1 > longest && size > 0) {
      part = []
      parts.push(part)
      size = 0
    }
    part.push(line)
    size += line.length + 1
  }
  return parts.map((inPart, index) => {
    const number = parts.length > 1 ? ` ${index + 1}/${parts.length}` : ''
    return [`${title}${number}`, ...inPart].join('\n')
  })
}

const lineBreak = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g
const continued = '    │ '

/** Further lines of a message are marked, so that nothing written in one passes for a line of its own. */
const indented = (text: string) => text.replaceAll(lineBreak, `\n${continued}`)
const oneLine = (text: string) => text.replaceAll(lineBreak, ' ')

/** Not inside of a character that takes two units; what is cut off goes on as a further line. */
function cut(line: string): string[] {
  const pieces: string[] = []
  let rest = line
  while (rest.length > longest) {
    const at = /[\uD800-\uDBFF]/.test(rest.charAt(longest - 1)) ? longest - 1 : longest
    pieces.push(rest.slice(0, at))
    rest = continued + rest.slice(at)
  }
  return [...pieces, rest]
}
