import { isExcused, undoesDenials, type Place } from './excuses.ts'
import { squeeze } from './clean-text.ts'
import { readings } from './fold-look-alikes.ts'
import { isFreeByKnowledge } from './known-offers.ts'
import type { Known } from './known-text.ts'
import { maskName } from './mask-name.ts'
import type { ReplyRule } from './reply-rule.ts'
import { replyRules } from './reply-rules.ts'

/** Of a message of Telegram, in UTF-16 units. */
const longest = 4096

/** The rule that a cleaned text breaks, and the words that break it; null when it may be sent. `name` is the lead's own. */
export function checkText(
  text: string,
  { known, name, rules = replyRules }: { known: Known; name: string | null; rules?: ReplyRule[] },
): { rule: string; found: string } | null {
  if (text.length > longest)
    return { rule: 'more than one message holds', found: `${text.length} characters` }
  const stated = normalize(known.text)
  for (const reading of readings(maskName(squeeze(text), name).masked)) {
    const lower = reading.toLowerCase()
    // The list of times belongs to the line that announces it.
    const sentences = lower.split(/(?<=[.!?;])\s+|\n(?!\[times\])/u)
    for (const rule of rules) {
      const found = [
        ...(rule.whole?.(reading) ?? []),
        ...sentences.flatMap((sentence) => offences(rule, sentence, lower, known)),
      ].find((part) => !rule.unlessKnown || !isKnown(stated, normalize(part)))
      if (found !== undefined) return { rule: rule.name, found: found.trim() }
    }
  }
  return null
}

function offences(rule: ReplyRule, sentence: string, text: string, known: Known): string[] {
  const patterns = [
    ...(rule.find ?? []),
    ...(rule.together ?? []).filter(([, beside]) => sentence.search(beside) >= 0).map(([pattern]) => pattern),
  ]
  const places = patterns
    .flatMap((pattern) => [...sentence.matchAll(pattern)])
    .map(({ 0: found, index }): Place => ({ sentence, start: index, end: index + found.length }))
    .sort((a, b) => a.start - b.start)
  const excuses = (rule.excuses ?? []).filter((excuse) => excuse !== 'denied' || !undoesDenials(text))
  const names = (part: string) => namesSomebody(known, part)
  let denied: Place | null = null
  return places.flatMap((place) => {
    // The same words, found by another pattern.
    if (denied && place.end <= denied.end && !/[,;:—–.()]/u.test(sentence.slice(denied.start, place.start)))
      return []
    const excuse = excuses.find((each) => isExcused(each, place, { names, denied }))
    if (excuse === 'denied') denied = place
    if (excuse || (rule.unlessFree && isFreeByKnowledge(place, known))) return []
    return [sentence.slice(place.start, place.end)]
  })
}

/** Whether a sentence names one of the business's people, in any case of Russian. */
function namesSomebody({ names }: Known, sentence: string): boolean {
  const words = sentence.match(/\p{L}+/gu) ?? []
  return names
    .flatMap((name) => name.toLowerCase().split(/\s+/))
    .map((name) => (/[аяйь]$/u.test(name) ? name.slice(0, -1) : name))
    .some(
      (stem) =>
        stem.length > 1 && words.some((word) => word.startsWith(stem) && word.length < stem.length + 4),
    )
}

/** As a whole: 500 is not known because 1500 is. */
function isKnown(known: string, found: string): boolean {
  if (!found) return false
  for (let at = known.indexOf(found); at >= 0; at = known.indexOf(found, at + 1)) {
    const before = known.slice(Math.max(0, at - 3), at)
    const after = known.slice(at + found.length, at + found.length + 2)
    if (!/\d[\s.,]?$|[\p{L}\d]$/u.test(before) && !/^(?:[\p{L}\d/]|[.-]\p{L})/u.test(after)) return true
  }
  return false
}

const normalize = (text: string) => text.toLowerCase().replaceAll(/\s+/g, ' ').trim()
