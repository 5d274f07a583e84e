const limit = 3000

/** The paragraphs of the knowledge that share most words with what was said; all of them while they are few. */
export function pickKnowledge(paragraphs: string[], said: string): string {
  const words = new Set(stems(said))
  const scored = paragraphs.map((text, index) => ({
    text,
    index,
    score: stems(text).filter((stem) => words.has(stem)).length,
  }))
  const chosen: typeof scored = []
  let length = 0
  for (const paragraph of scored.toSorted((a, b) => b.score - a.score || a.index - b.index)) {
    if (length + paragraph.text.length > limit) continue
    length += paragraph.text.length
    chosen.push(paragraph)
  }
  return chosen
    .toSorted((a, b) => a.index - b.index)
    .map(({ text }) => text)
    .join('\n')
}

/** Word beginnings: enough to join the cases of a Russian word. */
const stems = (text: string) =>
  (text.toLowerCase().match(/[\p{L}\d]{4,}/gu) ?? []).map((word) => word.slice(0, 5))
