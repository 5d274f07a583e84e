import { isLine } from '../lines.ts'
import { graceMs, heardAt } from './heard-at.ts'
import { checkEach, type Invariant, type Violation } from './invariant.ts'
import { readStories, telegram } from './story.ts'

/** Nothing is sent after an opt-out, after the human seller's own words, and after the words that hand the lead to a human. */
export const silence: Invariant = {
  name: 'silence after opt-out and take-over',
  check(observed) {
    const ends = readStories(observed).flatMap((story) =>
      story.lines.flatMap((line) => {
        const isOptOut = line.from === 'person' && isLine('opt_out', line.text)
        const handsOver = line.from === 'ai' && line.thought?.action === 'handoff'
        if (!isOptOut && !handsOver && line.from !== 'human') return []
        return [
          { story, line, from: handsOver ? line.at : heardAt(observed, story.personId, line) + graceMs },
        ]
      }),
    )
    return checkEach(ends, ({ story: { member, lines }, line, from }): Violation[] => {
      const late = lines.filter((other) => other.from === 'ai' && other.n > line.n && other.at > from)
      if (late.length === 0) return []
      const seconds = ((late[0]!.at - line.at) / 1000).toFixed(1)
      return [
        {
          what: `${member.name} was written to ${seconds} s after ${JSON.stringify(line.text)}`,
          where: telegram(line, ...late),
        },
      ]
    })
  },
}
