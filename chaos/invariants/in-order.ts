import { checkEach, type Invariant, type Violation } from './invariant.ts'
import { readStories, type Story, telegram } from './story.ts'

/** Ours come in the order in which they were thought, the first touch first; theirs are understood in the order they were said. */
export const inOrder: Invariant = {
  name: 'messages are in order',
  check: (observed) =>
    checkEach(readStories(observed), (story) => [...oursOutOfOrder(story), ...theirsOutOfOrder(story)]),
}

function oursOutOfOrder({ member, lines }: Story): Violation[] {
  const ours = lines.filter(({ from, thought }) => from === 'ai' && thought !== null)
  return ours.flatMap((line, index): Violation[] => {
    const before = ours[index - 1]
    if (line.thought?.kind === 'first_touch' && index > 0) {
      return [{ what: `${member.name} got a first message after others`, where: telegram(line) }]
    }
    if (!before || before.thought!.n < line.thought!.n) return []
    const where = [...telegram(before, line), `llm#${before.thought!.n}`, `llm#${line.thought!.n}`]
    return [{ what: `${member.name} got words that were thought before the last ones`, where }]
  })
}

function theirsOutOfOrder({ member, lines, thoughts }: Story): Violation[] {
  const seen = new Set<string>()
  return thoughts.flatMap(({ n, at, newMessages }): Violation[] => {
    const said = newMessages.map((text) =>
      lines.findLast((line) => line.from === 'person' && line.text === text && line.at <= at),
    )
    const wrong = said.find((line, index) => (said[index - 1]?.n ?? 0) > (line?.n ?? 0))
    const where = telegram(...said.filter((line) => line !== undefined))
    // A thought that was repeated shows the same once more.
    if (!wrong || seen.has(where.join())) return []
    seen.add(where.join())
    return [
      {
        what: `${member.name}: ${JSON.stringify(wrong.text)} was understood after what was said later`,
        where: [...where, `llm#${n}`],
      },
    ]
  })
}
