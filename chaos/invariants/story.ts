import type { Entry } from '../journals.ts'
import type { CastMember } from '../play-people.ts'
import type { Observed } from './invariant.ts'

/** One piece of thinking about one lead, as the language model's journal shows it. */
export type Thought = {
  n: number
  at: number
  kind: string
  newMessages: string[]
  action: string
  reply: string
  note: string
}

/** A line on the person's phone. `thought`: the one whose words it is, null for standby texts of our code. */
export type Line = {
  n: number
  at: number
  from: 'person' | 'ai' | 'human'
  text: string
  randomId: string | null
  thought: Thought | null
  /** All that it may be: the same words may have been thought again before they were said. `thought` is the first. */
  thoughts: Thought[]
}

export type Story = { member: CastMember; personId: number; lines: Line[]; thoughts: Thought[] }

/** What each person's phone shows, oldest first, and what was thought about them. */
export function readStories({ journals, cast }: Pick<Observed, 'journals' | 'cast'>): Story[] {
  const thoughts = Map.groupBy(
    journals.llm.filter((entry) => entry.kind === 'completion' && entry['prompt'] === 'sales/2'),
    (entry) => (entry['turn'] as { lead?: string } | null)?.lead,
  )
  const messages = Map.groupBy(
    journals.telegram.filter((entry) => entry.kind === 'message'),
    (entry) => entry['personId'],
  )
  return cast.flatMap((member) => {
    const { personId } = member
    if (personId === null) return []
    const own = (thoughts.get(member.name) ?? []).map(toThought)
    return [
      { member, personId, thoughts: own, lines: attribute((messages.get(personId) ?? []).map(toLine), own) },
    ]
  })
}

/** The assistant's lines that follow line `index` without a word of the person's between. */
export function repliesAfter(lines: Line[], index: number): Line[] {
  const replies: Line[] = []
  for (const line of lines.slice(index + 1)) {
    if (line.from === 'person') break
    replies.push(line)
  }
  return replies
}

export const telegram = (...lines: { n: number }[]) => lines.map(({ n }) => `telegram#${n}`)

function toThought(entry: Entry): Thought {
  const turn = entry['turn'] as { kind?: string; newMessages?: string[] }
  const answer = entry['answer'] as { action?: string; reply?: string; note?: string }
  return {
    n: entry.n,
    at: Date.parse(entry.at),
    kind: turn.kind ?? '',
    newMessages: turn.newMessages ?? [],
    action: answer.action ?? '',
    reply: answer.reply ?? '',
    note: answer.note ?? '',
  }
}

const toLine = (entry: Entry): Line => ({
  n: entry.n,
  at: Date.parse(entry.at),
  from: entry['from'] === 'person' ? 'person' : entry['via'] === 'phone' ? 'human' : 'ai',
  text: String(entry['text']),
  randomId: entry['randomId'] === undefined ? null : String(entry['randomId']),
  thought: null,
  thoughts: [],
})

/**
 * Gives each of our lines the earliest thought that has its words, was before it, and is later than that of the line before;
 * failing that, any that has its words.
 */
function attribute(lines: Line[], thoughts: Thought[]): Line[] {
  let last = 0
  return lines.map((line) => {
    if (line.from !== 'ai') return line
    const fitting = thoughts.filter((thought) => thought.at <= line.at && says(thought, line.text))
    const later = fitting.filter(({ n }) => n > last)
    const candidates = later.length > 0 ? later : fitting.slice(-1)
    const thought = candidates[0] ?? null
    if (thought) last = Math.max(last, thought.n)
    return { ...line, thought, thoughts: candidates }
  })
}

const linkLine = String.raw`(?:\n(?:Ссылка на встречу|Meeting link): \S+)?`

/** Whether the text is the thought's reply with times in place of [TIMES] and [MEETING]. */
function says({ reply }: Thought, text: string): boolean {
  const pattern = reply
    .split(/\[TIMES\]|\[MEETING\]/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join(String.raw`[\s\S]+?`)
  return new RegExp(`^${pattern}${linkLine}$`).test(text)
}
