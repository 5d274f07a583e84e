import { graceMs, heardAt } from './heard-at.ts'
import { checkEach, type Invariant, type Observed, type Violation } from './invariant.ts'
import { type Line, readStories, type Story, telegram, type Thought } from './story.ts'

/**
 * A burst gets one reply: no two of our messages answer the same newest words, never are there more of ours in a row than the
 * person's before, and nothing is sent that was thought without words which had been heard well before.
 */
export const oneReplyPerThought: Invariant = {
  name: 'one reply per thought',
  check: (observed) =>
    checkEach(readStories(observed), (story) => [
      ...twoAnswers(story),
      ...tooMany(story),
      ...superseded(observed, story),
    ]),
}

/** The person's line that a thought took for the newest. */
function answered(lines: Line[], thought: Thought | null): Line | undefined {
  if (!thought) return undefined
  const newest = thought.newMessages.at(-1)
  return lines.findLast(({ from, text, at }) => from === 'person' && text === newest && at <= thought.at)
}

function twoAnswers({ member, lines }: Story): Violation[] {
  const byWords = Map.groupBy(
    lines.filter(({ from, thought }) => from === 'ai' && thought?.kind === 'answer'),
    // Of the same words thought several times, the last before they were said: the person may have spoken in between.
    ({ thoughts }) => answered(lines, thoughts.at(-1) ?? null),
  )
  return [...byWords].flatMap(([words, replies]) =>
    words && replies.length > 1
      ? [
          {
            what: `${member.name} got ${replies.length} answers to ${JSON.stringify(words.text)}`,
            where: telegram(words, ...replies),
          },
        ]
      : [],
  )
}

function tooMany({ member, lines }: Story): Violation[] {
  const violations: Violation[] = []
  // The new lead itself is what the first message follows.
  let run: { theirs: number; ours: Line[]; before: number } = { theirs: 1, ours: [], before: 0 }
  const judge = () => {
    // Words that crossed with a message of ours may be answered on their own, even after the next ones.
    const allowed = run.theirs + run.before
    if (run.ours.length <= allowed) return
    violations.push({
      what: `${member.name} got ${run.ours.length} messages after ${allowed}`,
      where: telegram(...run.ours),
    })
  }
  for (const [index, { from }] of lines.entries()) {
    if (from === 'ai') run.ours.push(lines[index]!)
    if (from !== 'person') continue
    if (run.ours.length > 0) {
      judge()
      run = { theirs: 0, ours: [], before: Math.max(0, run.theirs - run.ours.length) }
    }
    run.theirs += 1
  }
  judge()
  return violations
}

function superseded(observed: Observed, { member, personId, lines }: Story): Violation[] {
  return lines.flatMap((line): Violation[] => {
    const missed = line.thoughts.map((thought) => missedBy(thought))
    // Whichever of the same thoughts it was: one that missed nothing excuses it.
    if (missed.length === 0 || missed.includes(null)) return []
    const [words, seen, thought] = missed[0]!
    const what = `${member.name} got a reply that was thought without ${JSON.stringify(words.text)}`
    return [{ what, where: [...telegram(seen, words, line), `llm#${thought.n}`] }]
  })

  /** The words that a thought should have known, what it took for the newest, and itself; null when it knew all. */
  function missedBy(thought: Thought): [words: Line, seen: Line, thought: Thought] | null {
    const seen = answered(lines, thought)
    if (!seen) return null
    const words = lines.find(
      (other) =>
        other.from === 'person' &&
        other.n > seen.n &&
        !thought.newMessages.includes(other.text) &&
        heardAt(observed, personId, other) + graceMs < thought.at,
    )
    return words ? [words, seen, thought] : null
  }
}
