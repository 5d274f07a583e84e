import { checkEach, type Invariant, type Violation } from './invariant.ts'
import { type Line, readStories, type Story } from './story.ts'
import { toldTime } from './told-times.ts'

/** No note and no task shows twice on a card: a note is there at most as often as it was thought, a task as its time was told. */
export const cardWrittenOnce: Invariant = {
  name: 'notes and tasks are written once',
  check(observed) {
    const stories = new Map(readStories(observed).map((story) => [story.member.leadId, story]))
    // A task that is closed is journaled once more, with the same text.
    const written = observed.journals.amocrm.filter(
      (entry) => entry.kind === 'note' || (entry.kind === 'task' && entry['isCompleted'] !== true),
    )
    const byText = Map.groupBy(written, (entry) =>
      JSON.stringify([entry['leadId'], entry.kind, entry['text']]),
    )
    return checkEach([...byText.values()], (entries): Violation[] => {
      const [first] = entries
      const [leadId, text] = [Number(first!['leadId']), String(first!['text'])]
      const story = stories.get(leadId)
      const count = first!.kind === 'note' ? timesThought : timesTold
      if (entries.length <= Math.max(1, story ? count(story, text) : 0)) return []
      return [
        {
          what: `lead ${leadId}: ${first!.kind} ${JSON.stringify(text)} ${entries.length} times`,
          where: entries.map(({ n }) => `amocrm#${n}`),
        },
      ]
    })
  },
}

/**
 * A repeat of the same thinking about the same words is one, but the person may say the same words again. Our code's standby
 * notes are nobody's thought: one for each of our lines.
 */
function timesThought({ thoughts, lines }: Story, text: string): number {
  // A portion of the conversation holds each line once.
  if (/^(Переписка в|Conversation in) Telegram/.test(text)) return 1
  const same = thoughts.filter(({ note }) => note === text)
  if (same.length === 0) return lines.filter(({ from }) => from === 'ai').length
  const words = new Map(
    same.map(({ kind, newMessages }) => [JSON.stringify([kind, newMessages]), newMessages]),
  )
  return [...words.values()].reduce((sum, newMessages) => sum + timesSaid(lines, newMessages.at(-1)), 0)
}

const timesSaid = (lines: Line[], words: string | undefined) =>
  Math.max(1, lines.filter(({ from, text }) => from === 'person' && text === words).length)

function timesTold({ lines }: Story, text: string): number {
  const time = toldTime({ from: 'ai', text })
  return time === null ? 0 : lines.filter((line) => toldTime(line) === time).length
}
