/** UTF-16 units that one message holds, with room below Telegram's 4096. */
const most = 3900

/**
 * Cuts a long text into messages: between paragraphs, else lines, sentences, words, and only then anywhere, never inside a
 * character that takes two units.
 */
export function splitText(text: string, limit = most): string[] {
  const parts: string[] = []
  let rest = text.trim()
  while (rest.length > limit) {
    const cut = findCut(rest, limit)
    parts.push(rest.slice(0, cut).trimEnd())
    rest = rest.slice(cut).trimStart()
  }
  if (rest || parts.length === 0) parts.push(rest)
  return parts
}

function findCut(text: string, limit: number): number {
  const head = text.slice(0, limit + 1)
  for (const border of [/\n\s*\n/g, /\n/g, /(?<=[.!?…])\s/g, /\s/g]) {
    const places = [...head.matchAll(border)].map((match) => match.index)
    const last = places.findLast((place) => place > 0 && place <= limit)
    // A tiny first part would look odd; a lesser border gives a fuller one.
    if (last !== undefined && last >= limit / 4) return last
  }
  const insidePair = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1))
  return insidePair && limit > 1 ? limit - 1 : limit
}
