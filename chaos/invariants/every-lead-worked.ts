import { checkEach, type Invariant, type Violation } from './invariant.ts'
import { isLine } from '../lines.ts'
import { readStories, repliesAfter, type Story, telegram } from './story.ts'

/**
 * Everybody gets a first message, and whatever a person says last is answered, unless the lead opted out or is a human's by then.
 * Who cannot be reached, or was given up, is a task for a human.
 */
export const everyLeadWorked: Invariant = {
  name: 'every lead is worked',
  check(observed) {
    const { amocrm } = observed.journals
    const stories = new Map(readStories(observed).map((story) => [story.member.leadId, story]))
    return checkEach(observed.cast, (member): Violation[] => {
      const tasks = amocrm.filter((entry) => entry.kind === 'task' && entry['leadId'] === member.leadId)
      const handedOver = tasks.some((task) => !/^(Встреча|Meeting):/.test(String(task['text'])))
      const added = amocrm.find((entry) => entry.kind === 'lead.added' && entry['leadId'] === member.leadId)
      const where = added ? [`amocrm#${added.n}`] : []
      const story = stories.get(member.leadId)
      if (!story)
        return handedOver ? [] : [{ what: `${member.name} cannot be reached, and no human was told`, where }]
      if (handedOver) return []
      if (!story.lines.some(({ from }) => from === 'ai'))
        return [{ what: `${member.name} (${member.character}) got no message`, where }]
      return judgeLastWords(story)
    })
  },
}

function judgeLastWords({ member, lines }: Story): Violation[] {
  const last = lines.findLastIndex(({ from }) => from === 'person')
  const mayBeSilent = lines.some(
    ({ from, text, thought }) =>
      from === 'human' || (from === 'person' && isLine('opt_out', text)) || thought?.action === 'handoff',
  )
  if (last < 0 || mayBeSilent || repliesAfter(lines, last).length > 0) return []
  const line = lines[last]!
  return [
    {
      what: `${member.name} (${member.character}) got no answer to ${JSON.stringify(line.text)}`,
      where: telegram(line),
    },
  ]
}
