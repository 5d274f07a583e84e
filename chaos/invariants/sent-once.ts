import { checkEach, type Invariant, type Violation } from './invariant.ts'
import { readStories, telegram } from './story.ts'

/** No message is on anybody's phone twice: neither by its random id nor the same words with nothing said between. */
export const sentOnce: Invariant = {
  name: 'nothing is sent twice',
  check(observed) {
    const seen = new Map<string, number>()
    const ours = readStories(observed).flatMap(({ member, lines }) =>
      lines
        .map((line, index) => ({ member, line, before: lines[index - 1] }))
        .filter(({ line }) => line.from === 'ai'),
    )
    return checkEach(ours, ({ member, line, before }): Violation[] => {
      const earlier = line.randomId === null ? undefined : seen.get(line.randomId)
      if (line.randomId !== null) seen.set(line.randomId, line.n)
      if (earlier !== undefined)
        return [
          { what: `${member.name}: random id ${line.randomId} twice`, where: telegram({ n: earlier }, line) },
        ]
      if (before?.from !== 'ai' || before.text !== line.text) return []
      return [
        {
          what: `${member.name} got the same words twice: ${JSON.stringify(line.text.slice(0, 80))}`,
          where: telegram(before, line),
        },
      ]
    })
  },
}
