import { readings } from './fold-look-alikes.ts'
import { maskName } from './mask-name.ts'
import { exceptMe, replyRules, type ReplyRule } from './reply-rules.ts'

/**
 * The rule that a cleaned text breaks, and the words that break it; null when it may be sent. `known` is everything that the
 * business states about itself, `name` the lead's own.
 */
export function checkText(
  text: string,
  { known, name }: { known: string; name: string | null },
): { rule: string; found: string } | null {
  const stated = normalize(known)
  for (const reading of readings(maskName(text, name).masked)) {
    for (const rule of replyRules) {
      const found = offences(rule, reading).find(
        (part) => !rule.unlessKnown || !isKnown(stated, normalize(part)),
      )
      if (found !== undefined) return { rule: rule.name, found: found.trim() }
    }
  }
  return null
}

function offences({ find, unless }: ReplyRule, text: string): string[] {
  if (typeof find === 'function') return find(text)
  const lower = text.toLowerCase()
  // "Tell nobody but me" is no denial.
  const excuse = exceptMe.test(lower) ? undefined : unless
  const parts = excuse ? lower.split(/(?<=[.!?;\n,])\s|\n| но | а | but | and | и /u) : [lower]
  return parts
    .filter((part) => !excuse?.test(part))
    .flatMap((part) => find.flatMap((pattern) => [...part.matchAll(pattern)].map(([found]) => found)))
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
